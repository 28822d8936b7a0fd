package io.revoker.caller;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What waits to be done for clients: of each client one piece of work at a time, the clients by turns, and a bounded number in all. So a client for whom much is asked
 * keeps the others waiting for no more than the piece that is under way. Not safe for several threads.
 */
final class TurnsOfClients<T> {
    private final CallerBounds bounds;
    private final Set<String> busy = new HashSet<>();
    /** The client whose turn is next comes first. */
    private final Map<String, Deque<T>> waiting = new LinkedHashMap<>();

    TurnsOfClients(CallerBounds bounds) {
        this.bounds = bounds;
    }

    /** What is to be done now, and for whom. */
    record Turn<T>(String client, T work) {}

    /** False if too much waits for that client already. */
    boolean add(String client, T work) {
        Deque<T> queue = queue(client);
        return queue.size() < bounds.waiting() && queue.add(work);
    }

    /** Comes before all else that waits for that client, however much that is. */
    void addFirst(String client, T work) {
        queue(client).addFirst(work);
    }

    private Deque<T> queue(String client) {
        return waiting.computeIfAbsent(client, first -> new ArrayDeque<>());
    }

    /** The next, unless as much as may be is under way; to be told when it is {@link #done}. */
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
