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

/** Commands that are sent in one write, and the promises of their replies. */
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    private static final int SIZE = 512;

    private final Function<Response, Optional<String>> failure;
    private final List<Request> requests = new ArrayList<>();
    private final List<Promise<Response>> waiting = new ArrayList<>();

    private Batch(Function<Response, Optional<String>> failure) {
        this.failure = failure;
    }

    static Batch ofCommands() {
        return new Batch(reply -> Optional.empty());
    }

    /** A script that fails says so in its reply. */
    static Batch ofScripts() {
        return new Batch(Script::failure);
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

    /**
     * Whether a command blocks on the server until something happens: the time that it takes says nothing about the
     * server.
     */
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
        Optional<String> wrong = reply == null ? Optional.empty() : failure.apply(reply);
        if (wrong.isPresent()) {
            fail(place, RedisFailure.ofReply(wrong.get()));
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

    /** If one caller's handler fails, the other callers must still get their replies. */
    private static void settle(Runnable reply) {
        try {
            reply.run();
        } catch (RuntimeException | Error e) {
            LOG.error("reply handler failed", e);
        }
    }
}
