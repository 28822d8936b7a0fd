package io.revoker.redis;

import io.revoker.domain.Durability;
import io.revoker.domain.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One supervised connection to Redis, owned and used by the event loop that opened it.
 *
 * <p>The client leaves four things to its caller, and this class does them. <i>Pipelining</i>: what is sent within one turn of the event loop goes
 * out in batches, with one write each; scripts before all else. <i>Isolation</i>: a batch in which one command is refused loses the replies of all of
 * them, so a refused batch of reads is repeated command by command. Scripts are never repeated, for what they count would be counted once
 * and told nobody; they catch what goes wrong in them, so that a batch of scripts is only refused as a whole. <i>Time</i>: no command waits longer
 * than the call time-out, and a server that is silent for longer than the idle time-out of the connection is cut off. <i>Reconnection</i>: a closed
 * connection stays closed, so a new one is made, with a growing and jittered pause. While there is none, every command fails at once.
 */
final class RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final int BATCH = 512;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private record Call(Request request, Promise<Response> reply) {
        boolean isScript() {
            return request.command() == Command.EVALSHA;
        }
    }

    @FunctionalInterface
    private interface Refused {
        void handle(RedisConnection open, List<Call> calls, Throwable failure);
    }

    private final Context context;
    private final Redis client;
    private final RedisSettings settings;
    private final Promise<Void> firstConnection = Promise.promise();
    private List<Call> waiting = new ArrayList<>();
    private Optional<RedisConnection> connection = Optional.empty();
    private Server server = new Server("", Durability.Fsync.UNKNOWN);
    private int inFlight;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean closed;
    private Runnable onConnect = () -> {};

    /** To be called on the event loop that will use it. */
    RedisLink(Vertx vertx, RedisSettings settings) {
        this.context = vertx.getOrCreateContext();
        this.client = Redis.createClient(vertx, settings.options());
        this.settings = settings;
        vertx.setPeriodic(settings.heartbeat().toMillis(), timer -> {
            if (closed) {
                vertx.cancelTimer(timer);
            } else {
                beat();
            }
        });
    }

    /** What to do on every new connection: the server may be another one, or have lost what the old one knew. */
    RedisLink onConnect(Runnable action) {
        onConnect = action;
        return this;
    }

    /** Connects for the first time; fails if that does not work, and goes on trying all the same. */
    Future<Void> open() {
        connect();
        return firstConnection.future();
    }

    /** Sends a command with the others of this turn; the reply is null for nil. Fails with a {@link Problem}. */
    Future<Response> send(Request request) {
        if (connection.isEmpty()) {
            return Future.failedFuture(Problem.unavailable("Redis: not connected"));
        }
        if (inFlight >= settings.maxInFlight()) {
            return Future.failedFuture(Problem.overloaded("Redis: " + inFlight
                    + " commands in flight (expected: fewer than " + settings.maxInFlight() + ")"));
        }
        inFlight++;
        Promise<Response> reply = Promise.promise();
        waiting.add(new Call(request, reply));
        if (waiting.size() == 1) {
            context.runOnContext(turn -> flush());
        }
        return reply.future();
    }

    /** What the server said of itself when the connection was made. */
    Server server() {
        return server;
    }

    Future<Void> close() {
        closed = true;
        connection = Optional.empty();
        return client.close();
    }

    private void flush() {
        Map<Boolean, List<Call>> calls = waiting.stream().collect(Collectors.partitioningBy(Call::isScript));
        waiting = new ArrayList<>();
        inBatches(calls.getOrDefault(true, List.of()), this::failScripts);
        inBatches(calls.getOrDefault(false, List.of()), this::repeatOrFail);
    }

    private void inBatches(List<Call> calls, Refused refused) {
        for (int from = 0; from < calls.size(); from += BATCH) {
            write(calls.subList(from, Math.min(calls.size(), from + BATCH)), refused);
        }
    }

    private void write(List<Call> calls, Refused refused) {
        if (connection.isEmpty()) {
            calls.forEach(call -> fail(call, Problem.unavailable("Redis: not connected")));
            return;
        }
        RedisConnection open = connection.get();
        List<Request> requests = calls.stream().map(Call::request).toList();
        open.batch(requests)
                .timeout(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(replies -> {
                    for (int i = 0; i < calls.size(); i++) {
                        succeed(calls.get(i), replies.get(i));
                    }
                })
                .onFailure(failure -> refused.handle(open, calls, failure));
    }

    /** Someone has flushed the scripts if they are missing: the next call finds them. */
    private void failScripts(RedisConnection open, List<Call> calls, Throwable failure) {
        if (RedisFailure.isMissingScript(failure)) {
            loadScripts(open).onFailure(again -> LOG.warn("redis scripts failure={}", again.getMessage()));
        }
        calls.forEach(call -> fail(call, failure));
    }

    /** A refusal tells nothing about the other commands of its batch: ask for each of them again. */
    private void repeatOrFail(RedisConnection open, List<Call> calls, Throwable failure) {
        if (!RedisFailure.isRefusal(failure) || connection.filter(open::equals).isEmpty()) {
            calls.forEach(call -> fail(call, failure));
            return;
        }
        for (Call call : calls) {
            open.send(call.request())
                    .timeout(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .onComplete(reply -> succeed(call, reply), refusal -> fail(call, refusal));
        }
    }

    private void succeed(Call call, Response reply) {
        inFlight--;
        Optional<String> fault = call.isScript() && reply != null ? Script.fault(reply) : Optional.empty();
        if (fault.isPresent()) {
            call.reply().fail(RedisFailure.refusal(fault.get()));
        } else {
            call.reply().complete(reply);
        }
    }

    private void fail(Call call, Throwable failure) {
        inFlight--;
        call.reply().fail(RedisFailure.translate(failure));
    }

    /** An attempt that comes too late, or finds a server that takes no scripts, gives its connection back. */
    private void connect() {
        Future<RedisConnection> attempt = client.connect();
        attempt.compose(fresh -> loadScripts(fresh)
                        .compose(loaded -> Server.ask(fresh))
                        .onSuccess(known -> server = known)
                        .map(fresh))
                .timeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(this::connected)
                .onFailure(failure -> {
                    attempt.onSuccess(RedisLink::giveBack);
                    notConnected(failure);
                });
    }

    private static void giveBack(RedisConnection unused) {
        unused.close().onFailure(failure -> LOG.debug("redis close failure={}", failure.getMessage()));
    }

    private void connected(RedisConnection fresh) {
        if (closed) {
            giveBack(fresh);
            return;
        }
        fresh.endHandler(end -> lost(fresh));
        fresh.exceptionHandler(failure -> broken(fresh, failure));
        connection = Optional.of(fresh);
        pauseMillis = FIRST_PAUSE_MILLIS;
        onConnect.run();
        if (!firstConnection.tryComplete()) {
            LOG.info("redis connected=true");
        }
    }

    private void notConnected(Throwable failure) {
        firstConnection.tryFail(RedisFailure.translate(failure));
        reconnectLater();
    }

    /** A connection that failed at writing is in an unknown state, and does not always tell of its end. */
    private void broken(RedisConnection open, Throwable failure) {
        LOG.debug("redis connection failure={}", failure.getMessage());
        lost(open);
        open.close().onFailure(closed -> {});
    }

    private void lost(RedisConnection ended) {
        if (connection.filter(ended::equals).isPresent()) {
            connection = Optional.empty();
            if (!closed) {
                LOG.warn("redis connected=false");
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

    /** Keeps the connection from being idle, so that silence means trouble. */
    private void beat() {
        connection.ifPresent(open -> open.send(Request.cmd(Command.PING))
                .onFailure(failure -> LOG.debug("redis heartbeat failure={}", failure.getMessage())));
    }

    private static Future<Void> loadScripts(RedisConnection connection) {
        List<Request> loads =
                java.util.Arrays.stream(Script.values()).map(Script::load).toList();
        return connection.batch(loads).mapEmpty();
    }
}
