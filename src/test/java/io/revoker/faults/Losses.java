package io.revoker.faults;

import io.revoker.faults.Event.Registered;
import io.revoker.faults.Event.Revoked;
import io.revoker.faults.Event.Span;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a schedule takes away that was acknowledged, by design of the faults in it: nothing, of most schedules. Registrations, and counts that were told.
 * Never a revocation, in no schedule: what a Redis forgets, the instances that live remember.
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

    private final List<Window> windows = new CopyOnWriteArrayList<>();
    private final List<Window> returns = new CopyOnWriteArrayList<>();
    private volatile boolean clockIsWrong;

    /** Registrations that were acknowledged in this time may be gone: Redis replicates without waiting, and only revocations wait for it. */
    void registrationsMayBeGone(long from, long at, long to) {
        windows.add(new Window(from, at, to));
    }

    void everythingMayBeGone(long at, long to) {
        windows.add(new Window(Long.MIN_VALUE, at, to));
    }

    /** What was alive at the beginning is so again, until it is invalidated and counted once more. */
    void wentBack(long from, long at, long to) {
        windows.add(new Window(from, at, to));
        returns.add(new Window(from, at, to));
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

    /** Whether what it counted may be counted again. */
    boolean mayBeRepeated(Revoked revocation) {
        return returns.stream().anyMatch(window -> window.holds(revocation.span()));
    }
}
