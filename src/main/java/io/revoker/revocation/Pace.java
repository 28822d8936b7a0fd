package io.revoker.revocation;

import io.vertx.core.Vertx;
import java.util.function.IntSupplier;

/** When a sweep may go on: not faster than its limit, and after a fault of the store not before a growing pause. */
final class Pace {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long MICROS = 1_000_000;

    private final Vertx vertx;
    private final IntSupplier limit;
    private final Runnable goOn;
    private long debtMicros;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean resting;

    /**
     * Allows everything at first.
     *
     * @param limit holders a second; 0 for no limit
     * @param goOn called when what was not allowed is allowed again
     */
    Pace(Vertx vertx, IntSupplier limit, Runnable goOn) {
        this.vertx = vertx;
        this.limit = limit;
        this.goOn = goOn;
    }

    boolean allows() {
        return !resting;
    }

    /** Some holders were come to. A timer is no finer than a millisecond, so shorter waits are saved up. */
    void spend(int holders) {
        int perSecond = limit.getAsInt();
        if (perSecond == 0) {
            return;
        }
        debtMicros += holders * MICROS / perSecond;
        if (debtMicros >= 1000) {
            rest(debtMicros / 1000);
            debtMicros %= 1000;
        }
    }

    /** The store is at fault: waits longer each time, until it has recovered. */
    void pause() {
        if (allows()) {
            rest(pauseMillis);
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        }
    }

    void recovered() {
        pauseMillis = FIRST_PAUSE_MILLIS;
    }

    private void rest(long millis) {
        resting = true;
        vertx.setTimer(millis, timer -> {
            resting = false;
            goOn.run();
        });
    }
}
