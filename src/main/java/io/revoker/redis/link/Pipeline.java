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
 * <p>The client leaves three things to its caller, and this class does them. <i>Pipelining</i>: what is sent within one turn of the event loop goes
 * out in batches, with one write each; scripts before all else. <i>Isolation</i>: a batch in which one command is refused loses the replies of all of
 * them, so a refused batch of plain commands, each of which may be repeated, is repeated command by command. Scripts never are, for what they count would be counted once
 * and told nobody; they catch what goes wrong in them, so that a batch of scripts is only refused as a whole; but in a Cluster, where the slot of one can move, each goes alone. <i>Time</i>: no command waits longer
 * than the call time-out.
 */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Context context;
    private final RedisConnection connection;
    private final RedisSettings settings;
    private final Spans spans;
    private Batch scripts = Batch.ofScripts();
    private Batch others = Batch.ofCommands();
    private boolean flushing;
    private int inFlight;
    private boolean loading;
    private boolean ended;

    /** To be made on the event loop that will use it. */
    Pipeline(Context context, RedisConnection connection, RedisSettings settings) {
        this.context = context;
        this.connection = connection;
        this.settings = settings;
        this.spans = new Spans(context);
    }

    /**
     * Sends a command with the others of this turn; the reply is null for nil. Fails with a {@link Problem}.
     *
     * @param name of the command, or of the script that it calls
     */
    Future<Response> send(Request request, String name) {
        if (inFlight >= settings.maxInFlight()) {
            return tooMany();
        }
        inFlight++;
        Batch batch = isScript(request) ? scripts : others;
        Future<Response> reply = batch.add(request, spans.promise(name));
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

    /** Sends a command at once, and says before it that the slot may still be on its way here. */
    Future<Response> sendAsking(Call call) {
        if (ended) {
            return Future.failedFuture(Problem.unanswered("Redis: not connected"));
        }
        if (inFlight >= settings.maxInFlight()) {
            return tooMany();
        }
        connection
                .send(Request.cmd(Command.ASKING))
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", failure.getMessage())
                        .log("redis asking failed"));
        Batch alone = isScript(call.request()) ? Batch.ofScripts() : Batch.ofCommands();
        Future<Response> reply = alone.add(call.request(), spans.promise(call.name()));
        inFlight++;
        sendAlone(alone, 0);
        return reply;
    }

    private Future<Response> tooMany() {
        return Future.failedFuture(Problem.overloaded(
                "Redis: " + inFlight + " commands in flight (expected: fewer than " + settings.maxInFlight() + ")"));
    }

    /** Nothing is sent any more. What is on its way fails with the connection. */
    void end() {
        ended = true;
    }

    /** First the scripts: a read that was asked after a script goes out after it. */
    private void flush() {
        Batch first = scripts;
        Batch second = others;
        scripts = Batch.ofScripts();
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
            fail(batch, Problem.unanswered("Redis: not connected"));
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
        fail(batch, failure);
    }

    /** Someone has flushed the scripts if they are missing: the next call finds them. Many calls may find that out at once. */
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

    /** A refusal tells nothing about the other commands of its batch: ask for each of them again. */
    private void repeatOrFail(Batch batch, Throwable failure) {
        if (ended || !RedisFailure.isRefusal(failure)) {
            fail(batch, failure);
            return;
        }
        sendEach(batch);
    }

    /** A slot can move away from a node of a Cluster: then one script is refused, and what the others have counted must not be lost with it. */
    private void sendEach(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            sendAlone(batch, i);
        }
    }

    private void sendAlone(Batch batch, int place) {
        if (ended) {
            inFlight--;
            batch.fail(place, Problem.unanswered("Redis: not connected"));
            return;
        }
        Future<Response> answer = inTime(connection.send(batch.requests().get(place)));
        (batch.waits() ? answer : settings.meters().time(answer))
                .onComplete(
                        reply -> {
                            inFlight--;
                            batch.succeed(place, reply);
                        },
                        refusal -> {
                            inFlight--;
                            loadScriptsIfMissing(refusal);
                            batch.fail(place, refusal);
                        });
    }

    private <T> Future<T> inTime(Future<T> reply) {
        return reply.timeout(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void fail(Batch batch, Throwable failure) {
        inFlight -= batch.size();
        batch.fail(failure);
    }

    /** To be done before the first call of a script on a connection. */
    static Future<Void> loadScripts(RedisConnection connection) {
        return connection
                .batch(Arrays.stream(Script.values()).map(Script::load).toList())
                .mapEmpty();
    }
}
