package io.revoker.redis.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands that go out in one write, and who waits for their replies. */
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    private static final int SIZE = 512;

    private final Function<Response, Optional<String>> fault;
    private final List<Request> requests = new ArrayList<>();
    private final List<Promise<Response>> waiting = new ArrayList<>();

    private Batch(Function<Response, Optional<String>> fault) {
        this.fault = fault;
    }

    static Batch ofCommands() {
        return new Batch(reply -> Optional.empty());
    }

    /** A script that goes wrong says so in its reply. */
    static Batch ofScripts() {
        return new Batch(Script::fault);
    }

    Future<Response> add(Request request, Promise<Response> reply) {
        requests.add(request);
        waiting.add(reply);
        return reply.future();
    }

    List<Request> requests() {
        return requests;
    }

    int size() {
        return requests.size();
    }

    /** Whether the server answers when something happens, not when it can: its time says nothing of the server. */
    boolean waits() {
        return requests.stream()
                .anyMatch(request -> request.command() == Command.XREAD || request.command() == Command.WAIT);
    }

    boolean isFull() {
        return requests.size() >= SIZE;
    }

    void succeed(List<Response> replies) {
        for (int i = 0; i < replies.size(); i++) {
            succeed(i, replies.get(i));
        }
    }

    void succeed(int place, @Nullable Response reply) {
        Optional<String> wrong = reply == null ? Optional.empty() : fault.apply(reply);
        if (wrong.isPresent()) {
            fail(place, RedisFailure.refusal(wrong.get()));
        } else {
            settle(() -> waiting.get(place).tryComplete(reply));
        }
    }

    void fail(Throwable failure) {
        for (int i = 0; i < waiting.size(); i++) {
            fail(i, failure);
        }
    }

    void fail(int place, Throwable failure) {
        Optional<Redirection> elsewhere = Redirection.of(failure);
        settle(() ->
                waiting.get(place).tryFail(elsewhere.isPresent() ? elsewhere.get() : RedisFailure.translate(failure)));
    }

    /** What one caller does with its reply must not keep the others from theirs. */
    private static void settle(Runnable reply) {
        try {
            reply.run();
        } catch (RuntimeException | Error e) {
            LOG.error("reply not taken", e);
        }
    }
}
