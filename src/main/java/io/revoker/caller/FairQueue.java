package io.revoker.caller;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Work that waits for clients. Each client has at most one piece of work in progress, the clients take turns (round
 * robin), and a bounded number is in progress in all. So a client with much work delays the others only by the piece
 * in progress. Not thread-safe.
 */
final class FairQueue<T> {
    private final CallerSettings bounds;
    private final Set<String> busy = new HashSet<>();
    /** In the order of turns: the next client comes first. */
    private final Map<String, Deque<T>> waiting = new LinkedHashMap<>();

    FairQueue(CallerSettings bounds) {
        this.bounds = bounds;
    }

    /** The work to do now, and its client. */
    record Turn<T>(String client, T work) {}

    /** False if too much work waits for that client already. */
    boolean add(String client, T work) {
        Deque<T> queue = queue(client);
        return queue.size() < bounds.waiting() && queue.add(work);
    }

    /** Puts work before all other work of that client, without a bound. */
    void addFirst(String client, T work) {
        queue(client).addFirst(work);
    }

    private Deque<T> queue(String client) {
        return waiting.computeIfAbsent(client, first -> new ArrayDeque<>());
    }

    /** The next piece of work, unless the maximum is in progress; call {@link #done} when it has ended. */
    Optional<Turn<T>> next() {
        if (busy.size() >= bounds.inFlight()) {
            return Optional.empty();
        }
        return waiting.entrySet().stream()
                .filter(one -> !busy.contains(one.getKey()))
                .findFirst()
                .map(one -> begin(one.getKey(), one.getValue()));
    }

    private Turn<T> begin(String client, Deque<T> queue) {
        busy.add(client);
        waiting.remove(client);
        T work = queue.remove();
        if (!queue.isEmpty()) {
            waiting.put(client, queue);
        }
        return new Turn<>(client, work);
    }

    void done(String client) {
        busy.remove(client);
    }
}
