package io.revoker.faults;

import io.revoker.faults.Event.Checked;
import io.revoker.faults.Event.Registered;
import io.revoker.faults.Event.Revoked;
import io.revoker.faults.Event.Span;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a schedule takes away that was acknowledged, by design of the faults in it: nothing, of most schedules. Registrations, and counts that were told.
 * Never a revocation, in no schedule: what a Redis forgets, the instances that live remember. But one that is forgotten before the other instance has
 * read it is news to that one until the first has written it again.
 */
final class Losses {
    /**
     * What was written in a time is forgotten.
     *
     * @param at when it is forgotten, at the earliest
     * @param to when it was forgotten, at the latest
     */
    private record Window(long from, long at, long to) {
        boolean holds(Span span) {
            return span.end() >= from && span.begin() <= to;
        }
    }

    /** What was acknowledged so shortly before the loss may not have been read by the other instance. */
    private static final long UNREAD_NANOS = Duration.ofSeconds(1).toNanos();

    /** Longer than it takes to notice a loss and to write again what is known. */
    private static final long UNHEARD_NANOS = Duration.ofSeconds(5).toNanos();

    private final List<Window> windows = new CopyOnWriteArrayList<>();
    private final List<Window> returns = new CopyOnWriteArrayList<>();
    private final List<Window> forgotten = new CopyOnWriteArrayList<>();
    private volatile boolean clockIsWrong;

    /** Registrations that were acknowledged in this time may be gone: Redis replicates without waiting, and only revocations wait for it. */
    void registrationsMayBeGone(long from, long at, long to) {
        windows.add(new Window(from, at, to));
    }

    void everythingMayBeGone(long at, long to) {
        windows.add(new Window(Long.MIN_VALUE, at, to));
        forgotten.add(new Window(Long.MIN_VALUE, at, to));
    }

    /** What was alive at the beginning is so again, until it is invalidated and counted once more. */
    void wentBack(long from, long at, long to) {
        windows.add(new Window(from, at, to));
        returns.add(new Window(from, at, to));
        forgotten.add(new Window(from, at, to));
    }

    /** Tokens that live for seconds end sooner or later. */
    void clockWasWrong() {
        clockIsWrong = true;
    }

    boolean isForgotten(Registered attempt) {
        return windows.stream().anyMatch(window -> window.holds(attempt.span()))
                || (clockIsWrong && attempt.tokens().get(0).life().compareTo(History.LONG_LIFE) < 0);
    }

    /** Whether an attempt may be the first that Redis remembers of a token, though it is not the first that was acknowledged. */
    boolean mayBeBornAgain(List<Registered> attempts) {
        return windows.stream()
                .anyMatch(window -> attempts.stream()
                                .filter(Registered::isAcknowledged)
                                .allMatch(attempt -> attempt.span().end() >= window.from())
                        && attempts.stream()
                                .map(Registered::span)
                                .max(Comparator.comparingLong(Span::end))
                                .filter(last -> last.end() >= window.at())
                                .isPresent());
    }

    /** Whether the instance that answers a check may not have heard of a revocation yet that was acknowledged by another one. */
    boolean mayBeUnheard(Revoked revocation, Checked check) {
        return revocation.instance() != check.instance()
                && forgotten.stream()
                        .anyMatch(
                                window -> revocation.span().end() > Math.max(window.from(), window.at() - UNREAD_NANOS)
                                        && revocation.span().begin() < window.to()
                                        && check.span().begin() < window.to() + UNHEARD_NANOS);
    }

    /**
     * Whether the sweep may not have found the token, because Redis forgot that it is in the index, so that it is dead by the mark alone, which the instance
     * that answers the check may not have read yet.
     */
    boolean mayBeUnread(Life life, Revoked revocation, Checked check) {
        return revocation.instance() != check.instance()
                && check.span().begin() < revocation.span().end() + UNREAD_NANOS
                && forgotten.stream()
                        .anyMatch(window -> life.earliestBirth() < window.to()
                                && revocation.span().end() > window.at());
    }

    /** Whether what it counted may be counted again. */
    boolean mayBeRepeated(Revoked revocation) {
        return returns.stream().anyMatch(window -> window.holds(revocation.span()));
    }
}
