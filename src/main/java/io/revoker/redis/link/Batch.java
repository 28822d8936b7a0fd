package io.revoker.redis.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands that are sent in one write, and the promises of their replies. */
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    private static final int SIZE = 512;

    private final Function<Response, Optional<String>> failure;
    private final ToIntFunction<Call> slots;
    private final List<Group> groups = new ArrayList<>();
    /** The last group of each slot, as long as the next call may join it. */
    private final Map<Integer, Group> open = new HashMap<>();

    private int size;

    private Batch(Function<Response, Optional<String>> failure, ToIntFunction<Call> slots) {
        this.failure = failure;
        this.slots = slots;
    }

    static Batch ofCommands() {
        return new Batch(reply -> Optional.empty(), call -> 0);
    }

    /**
     * A script that fails says so in its reply.
     *
     * @param slots only calls of the same slot may be in one group. Their order is kept
     */
    static Batch ofScripts(ToIntFunction<Call> slots) {
        return new Batch(Script::failure, slots);
    }

    Future<Response> add(Call call, Promise<Response> reply) {
        size++;
        int slot = slots.applyAsInt(call);
        Group joined = open.get(slot);
        if (call.place() == Call.Place.GROUP && joined != null && !joined.isFull()) {
            joined.add(call, reply);
        } else {
            begin(slot, call, reply);
        }
        return reply.future();
    }

    private void begin(int slot, Call call, Promise<Response> reply) {
        Group group = new Group(call, reply);
        groups.add(group);
        if (call.place() == Call.Place.GROUP) {
            open.put(slot, group);
        } else {
            open.remove(slot);
        }
    }

    List<Request> requests() {
        return groups.stream().map(Group::request).toList();
    }

    Request request(int place) {
        return groups.get(place).request();
    }

    /** Number of requests. */
    int length() {
        return groups.size();
    }

    /** Number of calls. */
    int size() {
        return size;
    }

    /** Number of calls in a request. */
    int size(int place) {
        return groups.get(place).waiting().size();
    }

    /**
     * Whether a command blocks on the server until something happens: the time that it takes says nothing about the
     * server.
     */
    boolean waits() {
        return groups.stream()
                .map(Group::command)
                .anyMatch(command -> command == Command.XREAD || command == Command.WAIT);
    }

    boolean isFull() {
        return size >= SIZE;
    }

    void succeed(List<Response> replies) {
        for (int i = 0; i < replies.size(); i++) {
            succeed(i, replies.get(i));
        }
    }

    void succeed(int place, @Nullable Response reply) {
        Group group = groups.get(place);
        List<Response> replies = group.replies(reply);
        for (int i = 0; i < replies.size(); i++) {
            succeed(group.waiting().get(i), replies.get(i));
        }
    }

    private void succeed(Promise<Response> waiting, @Nullable Response reply) {
        Optional<String> wrong = reply == null ? Optional.empty() : failure.apply(reply);
        if (wrong.isPresent()) {
            fail(waiting, RedisFailure.ofReply(wrong.get()));
        } else {
            settle(() -> waiting.tryComplete(reply));
        }
    }

    void fail(Throwable failure) {
        for (int i = 0; i < groups.size(); i++) {
            fail(i, failure);
        }
    }

    void fail(int place, Throwable failure) {
        groups.get(place).waiting().forEach(waiting -> fail(waiting, failure));
    }

    private static void fail(Promise<Response> waiting, Throwable failure) {
        Optional<Redirection> elsewhere = Redirection.of(failure);
        settle(() -> waiting.tryFail(elsewhere.isPresent() ? elsewhere.get() : RedisFailure.translate(failure)));
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
