package io.revoker.client.view;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Up to when the view may say that a token was not revoked.
 *
 * @param until by {@link System#nanoTime()}
 * @param time at the service in microseconds, when the last heartbeat was made
 * @param receivedAt when that heartbeat came, by {@link System#nanoTime()}
 */
record Freshness(long until, long time, long receivedAt) {

    /** What is too old. */
    static Freshness none() {
        return new Freshness(System.nanoTime() - 1, 0, System.nanoTime());
    }

    boolean isOver(long now) {
        return now - until >= 0;
    }

    boolean isOver() {
        return isOver(System.nanoTime());
    }

    /** How long ago that was so which it tells of: it may be used for as long as the bound says. */
    Duration age(Duration bound) {
        return bound.minusNanos(until - System.nanoTime());
    }

    /** Whether a time of the service may be yet to come: it is later than the last heartbeat at the earliest. */
    boolean mayBeYetToCome(long micros) {
        return micros > time
                && micros - time > TimeUnit.NANOSECONDS.toMicros(Math.max(0, System.nanoTime() - receivedAt));
    }

    /** Once it was so, it does not end earlier. */
    Freshness prolong(Freshness next) {
        return until - next.until > 0 ? new Freshness(until, next.time, next.receivedAt) : next;
    }
}
