package io.revoker.revocation;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * When a sweep may continue: not faster than its limit, and after a failure of the store only after a pause that
 * grows.
 */
final class SweepThrottle {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_REST_MILLIS = 1000;

    /** After so long without a failure, the next one is not the same outage. */
    private static final Duration SOUND = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final InstantSource time;
    private final IntSupplier limit;
    private final Runnable goOn;
    private long owedMilliholders;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean resting;
    private Optional<Instant> firstFailure = Optional.empty();
    private Instant lastFailure = Instant.EPOCH;

    /**
     * Allows everything at first.
     *
     * @param limit holders a second; 0 for no limit
     * @param goOn called when the sweep may continue
     */
    SweepThrottle(Vertx vertx, InstantSource time, IntSupplier limit, Runnable goOn) {
        this.vertx = vertx;
        this.time = time;
        this.limit = limit;
        this.goOn = goOn;
    }

    boolean allows() {
        return !resting;
    }

    /** Some holders were processed. A timer is no finer than a millisecond, so shorter waits are added up. */
    void spend(int holders) {
        owedMilliholders += holders * 1000L;
        payOff();
    }

    /** Some that were spent for were not processed. */
    void giveBack(long holders) {
        owedMilliholders -= holders * 1000L;
    }

    /** The store failed: each pause is longer than the one before, until the store has recovered. */
    void pause() {
        lastFailure = time.instant();
        firstFailure = firstFailure.or(() -> Optional.of(lastFailure));
        if (allows()) {
            rest(pauseMillis);
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        }
    }

    /** The store has answered. */
    void recovered() {
        pauseMillis = FIRST_PAUSE_MILLIS;
        if (time.instant().isAfter(lastFailure.plus(SOUND))) {
            firstFailure = Optional.empty();
        }
    }

    /** Whether the store has failed again and again for so long. */
    boolean hasFailedFor(Duration length) {
        Instant since = time.instant().minus(length);
        return firstFailure.filter(failure -> !failure.isAfter(since)).isPresent();
    }

    /** Waits at most a second at a time, because the limit may have been raised in the meantime. */
    private void payOff() {
        int perSecond = limit.getAsInt();
        if (perSecond == 0) {
            owedMilliholders = 0;
            return;
        }
        long millis = Math.max(0, Math.min(LONGEST_REST_MILLIS, owedMilliholders / perSecond));
        owedMilliholders -= millis * perSecond;
        if (millis > 0) {
            rest(millis);
        }
    }

    private void rest(long millis) {
        resting = true;
        vertx.setTimer(millis, timer -> {
            resting = false;
            payOff();
            if (allows()) {
                goOn.run();
            }
        });
    }
}
