package io.revoker.revocation;

import io.vertx.core.Vertx;
import java.util.function.IntSupplier;

/** When a sweep may go on: not faster than its limit, and after a fault of the store not before a growing pause. */
final class Pace {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_REST_MILLIS = 1000;

    private final Vertx vertx;
    private final IntSupplier limit;
    private final Runnable goOn;
    private long owedMilliholders;
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
        owedMilliholders += holders * 1000L;
        payOff();
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

    /** Second by second, because the limit may have been raised meanwhile. */
    private void payOff() {
        int perSecond = limit.getAsInt();
        if (perSecond == 0) {
            owedMilliholders = 0;
            return;
        }
        long millis = Math.min(LONGEST_REST_MILLIS, owedMilliholders / perSecond);
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
