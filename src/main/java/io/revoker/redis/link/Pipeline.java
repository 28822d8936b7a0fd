package io.revoker.redis.link;

import io.revoker.domain.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands on one open connection, used by one event loop.
 *
 * <p>The client leaves three things to its caller, and this class does them.
 *
 * <p><i>Pipelining</i>: what is sent within one turn of the event loop goes out in batches, with one write each;
 * scripts first.
 *
 * <p><i>Isolation</i>: if one command of a batch is refused, the client loses the replies of all of them. So a refused
 * batch of plain commands, each of which may be repeated, is repeated command by command. Scripts are never repeated,
 * because what they count would be counted once and lost with the first reply. They catch their own errors, so that a
 * batch of scripts is only ever refused as a whole. In a Cluster, where a slot can move, the scripts of one slot are
 * sent alone. A script whose slot has moved, or is moving, is sent again in no group, to the same node first if it is
 * moving: others of the group may be elsewhere.
 *
 * <p><i>Time</i>: no command waits longer than the call time-out.
 */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Context context;
    private final RedisConnection connection;
    private final RedisSettings settings;
    private final RedisSpans spans;
    private Batch scripts;
    private Batch others = Batch.ofCommands();
    private boolean flushing;
    private int inFlight;
    private boolean loading;
    private boolean ended;

    /** Create it on the event loop that will use it. */
    Pipeline(Context context, RedisConnection connection, RedisSettings settings) {
        this.context = context;
        this.connection = connection;
        this.settings = settings;
        this.spans = new RedisSpans(context);
        this.scripts = newScripts();
    }

    /** One server has all slots. */
    private Batch newScripts() {
        return switch (settings.servers()) {
            case ONE -> Batch.ofScripts(call -> 0);
            case CLUSTER -> Batch.ofScripts(call -> Slot.of(call.key()));
        };
    }

    /** Sends a command in the batch of this turn; the reply is null for nil. Fails with a {@link Problem}. */
    Future<Response> send(Call call) {
        if (inFlight >= settings.maxInFlight()) {
            return tooMany();
        }
        inFlight++;
        Batch batch = isScript(call.request()) ? scripts : others;
        Future<Response> reply = batch.add(call, spans.promise(call.name()));
        if (batch.isFull()) {
            flush();
        } else if (!flushing) {
            flushing = true;
            context.runOnContext(turn -> {
                flushing = false;
                flush();
            });
        }
        return reply;
    }

    /** Sends {@code ASKING} and the command at once: the slot may still be migrating to this node. */
    Future<Response> sendAsking(Call call) {
        if (ended) {
            return Future.failedFuture(Problem.passing("Redis: not connected"));
        }
        if (inFlight >= settings.maxInFlight()) {
            return tooMany();
        }
        connection
                .send(Request.cmd(Command.ASKING))
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", failure.getMessage())
                        .log("redis asking failed"));
        Batch alone = isScript(call.request()) ? newScripts() : Batch.ofCommands();
        Future<Response> reply = alone.add(call, spans.promise(call.name()));
        inFlight++;
        sendAlone(alone, 0);
        return reply;
    }

    private Future<Response> tooMany() {
        return Future.failedFuture(Problem.overloaded(
                "Redis: " + inFlight + " commands in flight (expected: fewer than " + settings.maxInFlight() + ")"));
    }

    /** Sends nothing any more. Commands in flight fail with the connection. */
    void end() {
        ended = true;
    }

    /** Scripts go first: a read that was requested after a script is sent after it. */
    private void flush() {
        Batch first = scripts;
        Batch second = others;
        scripts = newScripts();
        others = Batch.ofCommands();
        switch (settings.servers()) {
            case ONE -> write(first, failure -> failScripts(first, failure));
            case CLUSTER -> sendEach(first);
        }
        write(second, failure -> repeatOrFail(second, failure));
    }

    private static boolean isScript(Request request) {
        return request.command() == Command.EVALSHA;
    }

    private void write(Batch batch, Handler<Throwable> refused) {
        if (batch.size() == 0) {
            return;
        }
        if (ended) {
            fail(batch, Problem.passing("Redis: not connected"));
            return;
        }
        Future<List<Response>> answer = inTime(connection.batch(batch.requests()));
        (batch.waits() ? answer : settings.meters().time(answer))
                .onComplete(
                        replies -> {
                            inFlight -= batch.size();
                            batch.succeed(replies);
                        },
                        refused);
    }

    private void failScripts(Batch batch, Throwable failure) {
        loadScriptsIfMissing(failure);
        fail(batch, batch.length() == 1 ? failure : RedisFailure.ofOneOfSeveral(failure));
    }

    /**
     * Scripts are missing if a client has flushed them ({@code SCRIPT FLUSH}); after reloading, the next call finds
     * them. Many calls may find out at once, so they are loaded only once.
     */
    private void loadScriptsIfMissing(Throwable failure) {
        if (RedisFailure.isMissingScript(failure) && !loading) {
            loading = true;
            loadScripts(connection)
                    .onComplete(done -> loading = false)
                    .onFailure(again -> LOG.atWarn()
                            .addKeyValue("failure", again.getMessage())
                            .log("redis scripts not loaded"));
        }
    }

    /** A refusal says nothing about the other commands of its batch: send each of them again. */
    private void repeatOrFail(Batch batch, Throwable failure) {
        if (ended || !RedisFailure.isErrorReply(failure)) {
            fail(batch, failure);
            return;
        }
        sendEach(batch);
    }

    /**
     * If a slot moves away from a node of a Cluster, its scripts are refused. Sent alone, they do not take the counts
     * of the other scripts with them.
     */
    private void sendEach(Batch batch) {
        for (int i = 0; i < batch.length(); i++) {
            sendAlone(batch, i);
        }
    }

    private void sendAlone(Batch batch, int place) {
        if (ended) {
            inFlight -= batch.size(place);
            batch.fail(place, Problem.passing("Redis: not connected"));
            return;
        }
        Future<Response> answer = inTime(connection.send(batch.request(place)));
        (batch.waits() ? answer : settings.meters().time(answer))
                .onComplete(
                        reply -> {
                            inFlight -= batch.size(place);
                            batch.succeed(place, reply);
                        },
                        failure -> {
                            inFlight -= batch.size(place);
                            loadScriptsIfMissing(failure);
                            batch.fail(place, failure);
                        });
    }

    private <T> Future<T> inTime(Future<T> reply) {
        return reply.timeout(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void fail(Batch batch, Throwable failure) {
        inFlight -= batch.size();
        batch.fail(failure);
    }

    /** Call it before the first script is called on a connection. */
    static Future<Void> loadScripts(RedisConnection connection) {
        return connection
                .batch(Arrays.stream(Script.values()).map(Script::load).toList())
                .mapEmpty();
    }
}
