package io.revoker.redis.link;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to one server open; owned and used by the event loop that made it.
 *
 * <p>The client neither replaces a closed connection nor notices a server that hangs. So this class opens a new
 * {@link ServerConnection} when one has ended, after a growing and jittered pause, and closes one that stays silent for
 * longer than its idle time-out although a heartbeat was sent.
 */
final class SupervisedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedConnection.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** Heartbeats between two questions about what the server is. */
    private static final int LOOKS = 10;

    private final Context context;
    private final Redis client;
    private final RedisSettings settings;
    private final Promise<Void> firstConnection = Promise.promise();
    private final List<Runnable> onChange = new ArrayList<>();
    private final List<Long> timers;
    private Optional<ServerConnection> newest = Optional.empty();
    private long incarnation;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean closed;

    SupervisedConnection(Vertx vertx, RedisSettings settings) {
        this.context = vertx.getOrCreateContext();
        this.client = RedisClients.create(vertx, settings.options());
        this.settings = settings;
        settings.meters().wanted();
        timers = List.of(
                every(settings.heartbeat(), this::beat),
                every(settings.heartbeat().multipliedBy(LOOKS), this::look));
    }

    /** All connections of an event loop in the same turn: else each wakes it for itself, twice a second. */
    private long every(Duration time, Runnable action) {
        long millis = time.toMillis();
        long passed = Math.floorMod(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), millis);
        return context.owner().setPeriodic(millis - passed, millis, timer -> action.run());
    }

    /** See {@link RedisLink#onChange}. */
    void onChange(Runnable action) {
        onChange.add(action);
    }

    /** Connects for the first time. */
    Future<Void> open() {
        connect();
        return firstConnection.future();
    }

    /** The newest connection, whether it is still open or not. */
    Optional<ServerConnection> newest() {
        return newest;
    }

    /** The open connection. */
    Optional<ServerConnection> serving() {
        return newest.filter(ServerConnection::isOpen);
    }

    /** See {@link RedisLink#incarnation}. */
    long incarnation() {
        return incarnation;
    }

    Future<Void> close() {
        if (!closed) {
            closed = true;
            timers.forEach(context.owner()::cancelTimer);
            settings.meters().unwanted();
        }
        serving().ifPresent(ServerConnection::end);
        return client.close();
    }

    private void connect() {
        ServerConnection.open(context, client, settings).onComplete(this::connected, this::notConnected);
    }

    private void connected(ServerConnection fresh) {
        if (closed) {
            fresh.quit();
            return;
        }
        newest = Optional.of(fresh);
        fresh.use(() -> lost(fresh), failure -> broken(fresh, failure));
        pauseMillis = FIRST_PAUSE_MILLIS;
        changed();
        if (!firstConnection.tryComplete()) {
            LOG.info("redis connected again");
        }
    }

    private void notConnected(Throwable failure) {
        firstConnection.tryFail(RedisFailure.translate(failure));
        reconnectLater();
    }

    private void broken(ServerConnection connection, Throwable failure) {
        LOG.atDebug().addKeyValue("failure", failure.getMessage()).log("redis connection failed");
        lost(connection);
        connection.quit();
    }

    private void lost(ServerConnection connection) {
        if (connection.isOpen()) {
            connection.end();
            if (!closed) {
                LOG.warn("redis connection lost");
                reconnectLater();
            }
        }
    }

    private void reconnectLater() {
        if (closed) {
            return;
        }
        long jittered = 1 + ThreadLocalRandom.current().nextLong(pauseMillis);
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        context.owner().setTimer(jittered, timer -> {
            if (!closed) {
                connect();
            }
        });
    }

    private void beat() {
        serving()
                .ifPresent(connection -> connection
                        .beat()
                        .onFailure(failure -> LOG.atDebug()
                                .addKeyValue("failure", failure.getMessage())
                                .log("redis heartbeat failed")));
    }

    /**
     * Asks what the server is now: while it is connected, its settings can change, and a primary can become a replica.
     */
    void look() {
        serving()
                .ifPresent(asked -> asked.look()
                        .onSuccess(known -> seen(asked, known))
                        .onFailure(failure -> broken(asked, failure)));
    }

    private void seen(ServerConnection asked, ServerInfo known) {
        if (asked.isOpen() && asked.update(known)) {
            changed();
        }
    }

    private void changed() {
        incarnation++;
        onChange.forEach(Runnable::run);
    }
}
