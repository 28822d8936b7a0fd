package io.revoker.redis.link;

import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.redis.link.Witness.Confirmed;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One supervised connection to one server, owned and used by the event loop that opened it.
 *
 * <p>A closed connection of the client stays closed, and a server that stands still is never noticed. So a connection that ends is followed by a
 * new one, after a growing and jittered pause, and one that is silent for longer than its idle time-out although it was sent a heartbeat is cut off.
 * While there is none, every command fails at once.
 */
public final class ServerLink implements RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** Heartbeats between two looks at the server. */
    private static final int LOOKS = 10;

    /** A connection, and the commands on it. */
    private record Line(RedisConnection connection, Pipeline pipeline) {}

    private final Context context;
    private final Redis client;
    private final RedisSettings settings;
    private final Promise<Void> firstConnection = Promise.promise();
    private Optional<Line> line = Optional.empty();
    private Server server = Server.UNKNOWN;
    private long incarnation;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean closed;
    private final List<Runnable> onChange = new ArrayList<>();

    /** To be called on the event loop that will use it. */
    public ServerLink(Vertx vertx, RedisSettings settings) {
        this.context = vertx.getOrCreateContext();
        this.client = RedisClients.create(vertx, settings.options());
        this.settings = settings;
        settings.meters().wanted();
        every(settings.heartbeat(), this::beat);
        every(settings.heartbeat().multipliedBy(LOOKS), this::look);
    }

    private void every(Duration time, Runnable action) {
        Vertx vertx = context.owner();
        vertx.setPeriodic(time.toMillis(), timer -> {
            if (closed) {
                vertx.cancelTimer(timer);
            } else {
                action.run();
            }
        });
    }

    @Override
    public void onChange(Runnable action) {
        onChange.add(action);
    }

    @Override
    public Future<Void> open() {
        connect();
        return firstConnection.future();
    }

    @Override
    public Future<Response> send(Call call) {
        return line.isPresent() ? line.get().pipeline().send(call.request(), call.name()) : notConnected();
    }

    /** A server alone has all slots. */
    @Override
    public Future<Response> sendUnlessMoving(Call call) {
        return send(call);
    }

    /** Sends a command with the others of this turn; the reply is null for nil. */
    Future<Response> send(Request request) {
        return line.isPresent() ? line.get().pipeline().send(request, Call.name(request.command())) : notConnected();
    }

    /** Sends a call that a server of a Cluster takes although the slot is not its own yet. */
    Future<Response> sendAsking(Call call) {
        return line.isPresent() ? line.get().pipeline().sendAsking(call) : notConnected();
    }

    /** One connection keeps the order. */
    @Override
    public Future<Response> sendAfter(Future<?> earlier, Call call) {
        return send(call);
    }

    @Override
    public List<Witness> witnesses() {
        return List.of(new Witness("", count -> confirm(count, "", ReplicaCount.ANY_SLOT)));
    }

    @Override
    public List<Witness> witnesses(Set<String> names) {
        return witnesses();
    }

    @Override
    public Set<String> names(Set<String> keys) {
        return Set.of("");
    }

    @Override
    public Set<ServerId> servers(Set<String> keys) {
        return servers();
    }

    /** There is nowhere else. */
    @Override
    public long moves() {
        return 0;
    }

    /**
     * Asks how many replicas have all that the server wrote before.
     *
     * @param name of the server
     * @param tag of a slot that it has
     */
    Future<Confirmed> confirm(ReplicaCount count, String name, String tag) {
        return send(count.mark(tag)).compose(marked -> {
            Future<Response> replication = send(Server.askForReplication());
            return send(count.await())
                    .map(replicas -> new Confirmed(
                            name, server.id().after(replication.result().toString()), replicas.toInteger()));
        });
    }

    @Override
    public Set<ServerId> servers() {
        return server.id().isKnown() ? Set.of(server.id()) : Set.of();
    }

    @Override
    public Set<ServerId> connected() {
        return line.isPresent() ? servers() : Set.of();
    }

    /** What one server loses are its newest writes: it need not even be the same one. */
    @Override
    public Optional<String> history() {
        return Optional.of("one");
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    @Override
    public void doubt() {
        look();
    }

    boolean isConnected() {
        return line.isPresent();
    }

    /** What the server said of itself a few heartbeats ago. */
    @Override
    public Fsync fsync() {
        return server.fsync();
    }

    @Override
    public Set<String> versions() {
        return line.isPresent() ? Set.of(server.version()) : Set.of();
    }

    @Override
    public Future<Void> close() {
        if (!closed) {
            closed = true;
            settings.meters().unwanted();
        }
        hangUp();
        return client.close();
    }

    private static Future<Response> notConnected() {
        return Future.failedFuture(Problem.unanswered("Redis: not connected"));
    }

    /** An attempt that comes too late, or finds a server that takes no scripts, gives its connection back. */
    private void connect() {
        Future<RedisConnection> attempt = client.connect();
        attempt.compose(fresh -> Pipeline.loadScripts(fresh)
                        .compose(loaded -> Server.ask(fresh, settings.servers()))
                        .compose(known -> beat(fresh, known).map(known)))
                .timeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(known -> connected(attempt.result(), known))
                .onFailure(failure -> {
                    attempt.onSuccess(this::giveBack);
                    notConnected(failure);
                });
    }

    /** The client keeps the socket of a connection that is closed, and would hand it out again; the server ends it for good. */
    private void giveBack(RedisConnection unused) {
        unused.send(Request.cmd(Command.QUIT))
                .timeout(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .eventually(unused::close)
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", failure.getMessage())
                        .log("redis not closed"));
    }

    private void connected(RedisConnection fresh, Server known) {
        if (closed) {
            giveBack(fresh);
            return;
        }
        fresh.endHandler(end -> lost(fresh));
        fresh.exceptionHandler(failure -> broken(fresh, failure));
        settings.meters().connected();
        server = known;
        settings.meters().replicas().see(this, known.replicas());
        line = Optional.of(new Line(fresh, new Pipeline(context, fresh, settings)));
        pauseMillis = FIRST_PAUSE_MILLIS;
        server.warnOfEviction();
        changed();
        if (!firstConnection.tryComplete()) {
            LOG.info("redis connected again");
        }
    }

    private void notConnected(Throwable failure) {
        firstConnection.tryFail(RedisFailure.translate(failure));
        reconnectLater();
    }

    /** A connection that failed at writing is in an unknown state, and does not always tell of its end. */
    private void broken(RedisConnection open, Throwable failure) {
        LOG.atDebug().addKeyValue("failure", failure.getMessage()).log("redis connection failed");
        lost(open);
        giveBack(open);
    }

    private void lost(RedisConnection ended) {
        if (line.filter(current -> current.connection().equals(ended)).isPresent()) {
            hangUp();
            if (!closed) {
                LOG.warn("redis connection lost");
                reconnectLater();
            }
        }
    }

    private void hangUp() {
        line.ifPresent(current -> {
            current.pipeline().end();
            settings.meters().replicas().forget(this);
            settings.meters().disconnected();
        });
        line = Optional.empty();
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

    /** Keeps the connection from being idle, so that silence means trouble. */
    private void beat() {
        line.ifPresent(open -> beat(open.connection(), server)
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", failure.getMessage())
                        .log("redis heartbeat failed")));
    }

    /** Of the servers of a Cluster the time of one counts, and the link to the Cluster knows which. */
    private Future<Void> beat(RedisConnection open, Server known) {
        return switch (settings.servers()) {
            case ONE -> settings.clock().ask(open, known.id());
            case CLUSTER -> open.send(Request.cmd(Command.PING)).mapEmpty();
        };
    }

    /** Has the clock learn from this server. */
    Future<Void> tellTime() {
        return line.map(open -> settings.clock().ask(open.connection(), server.id()))
                .orElseGet(() -> notConnected().mapEmpty());
    }

    /** Its settings can change, and a primary can become a replica, while the connection stays. */
    private void look() {
        line.ifPresent(open -> Server.ask(open.connection(), settings.servers())
                .onSuccess(known -> seen(open, known))
                .onFailure(failure -> broken(open.connection(), failure)));
    }

    /** A primary that was a replica in between has another history. */
    private void seen(Line asked, Server known) {
        if (line.filter(asked::equals).isEmpty()) {
            return;
        }
        settings.meters().replicas().see(this, known.replicas());
        boolean same = known.id().equals(server.id());
        boolean evictsAsBefore = known.eviction().equals(server.eviction());
        server = known;
        if (!evictsAsBefore) {
            server.warnOfEviction();
        }
        if (!same) {
            changed();
        }
    }

    private void changed() {
        incarnation++;
        onChange.forEach(Runnable::run);
    }
}
