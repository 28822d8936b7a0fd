package io.revoker.redis.link;

import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import io.vertx.redis.client.impl.RequestImpl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are sent as one command, and the promises of their replies: one call of any kind, or several scripts that
 * one script calls one after the other. So what a script costs Redis by itself is paid once for all of them, and so are
 * reading the time, and writing to the append-only file. Each is executed, and fails, as if it had been called alone.
 */
final class Group {
    /** So many take Redis about a millisecond: nothing else waits for long. */
    private static final int MOST = 64;

    /** What comes before the keys of a script: its digest, and how many keys there are. */
    private static final int KEYS_AT = 2;

    private final List<Call> calls = new ArrayList<>();
    private final List<Promise<Response>> waiting = new ArrayList<>();

    Group(Call call, Promise<Response> reply) {
        add(call, reply);
    }

    void add(Call call, Promise<Response> reply) {
        calls.add(call);
        waiting.add(reply);
    }

    boolean isFull() {
        return calls.size() >= MOST;
    }

    List<Promise<Response>> waiting() {
        return waiting;
    }

    Command command() {
        return calls.get(0).request().command();
    }

    Request request() {
        if (calls.size() == 1) {
            return calls.get(0).request();
        }
        StringBuilder plan = new StringBuilder();
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>();
        for (Call call : calls) {
            List<byte[]> words = ((RequestImpl) call.request()).getArgs();
            int end = KEYS_AT + call.keys();
            keys.addAll(words.subList(KEYS_AT, end));
            arguments.addAll(words.subList(end, words.size()));
            plan.append(call.name()).append(' ').append(call.keys()).append(' ');
            plan.append(words.size() - end).append(' ');
        }
        Request together =
                Request.cmd(Command.EVALSHA).arg(Script.GROUP.digest()).arg(Integer.toString(keys.size()));
        keys.forEach(together::arg);
        together.arg(plan.toString());
        arguments.forEach(together::arg);
        return together;
    }

    /** The replies to its calls, from the reply to all of them; or, if the group itself has failed, that for each. */
    List<Response> replies(@Nullable Response all) {
        if (calls.size() == 1 || all == null || !isOfGroup(all)) {
            return Collections.nCopies(calls.size(), all);
        }
        List<Response> replies = new ArrayList<>(calls.size());
        for (int i = 1; i < all.size(); i++) {
            replies.add(all.get(i));
        }
        return replies;
    }

    private boolean isOfGroup(Response all) {
        return all.type() == ResponseType.MULTI
                && all.size() == calls.size() + 1
                && Script.failure(all).isEmpty();
    }
}
