package io.revoker.faults;

import io.revoker.faults.Event.Checked;
import io.revoker.faults.Event.Registered;
import io.revoker.faults.Event.Revoked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** All that clients asked and were answered. */
final class History {
    /** Of tokens that don't expire while they are looked at. */
    static final Duration LONG_LIFE = Duration.ofMinutes(10);

    private static final int NEWEST = 60;

    private final Queue<Registered> registrations = new ConcurrentLinkedQueue<>();
    private final Queue<Revoked> revocations = new ConcurrentLinkedQueue<>();
    private final Queue<Checked> checks = new ConcurrentLinkedQueue<>();
    private final Map<String, List<Registered>> attempts = new ConcurrentHashMap<>();
    private final List<Registered> newest = new CopyOnWriteArrayList<>();

    void add(Registered event) {
        registrations.add(event);
        event.tokens()
                .forEach(token -> attempts.computeIfAbsent(token.text(), text -> new CopyOnWriteArrayList<>())
                        .add(event));
        newest.add(event);
    }

    void add(Revoked event) {
        revocations.add(event);
    }

    void add(Checked event) {
        checks.add(event);
    }

    Stream<Registered> registrations() {
        return registrations.stream();
    }

    Stream<Revoked> revocations() {
        return revocations.stream();
    }

    Stream<Checked> checks() {
        return checks.stream();
    }

    Stream<Event> events() {
        return Stream.of(registrations, revocations, checks).flatMap(Queue::stream);
    }

    Stream<Revoked> revocationsOf(Issued token) {
        return revocations().filter(revocation -> revocation.target().covers(token));
    }

    List<Registered> registrationsOf(Issued token) {
        return attempts.getOrDefault(token.text(), List.of());
    }

    /** Every token that was ever asked for. */
    List<Issued> tokens() {
        return registrations()
                .flatMap(event -> event.tokens().stream())
                .distinct()
                .toList();
    }

    /** One of the grants that were asked for lately, acknowledged or not. */
    Optional<Registered> any(Random chance) {
        int size = newest.size();
        return size == 0
                ? Optional.empty()
                : Optional.of(newest.get(size - 1 - chance.nextInt(Math.min(size, NEWEST))));
    }
}
