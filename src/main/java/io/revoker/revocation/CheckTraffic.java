package io.revoker.revocation;

import java.time.InstantSource;

/**
 * Whether anybody asks for checks just now, on whatever event loop. Redis answers all that has come in one turn of its loop together, so a check waits for
 * the calls of a sweep that came with it: as long as there are checks, a sweep keeps few calls under way.
 */
public final class CheckTraffic {
    private static final long QUIET_MILLIS = 100;

    private final InstantSource time;
    private volatile long last;

    public CheckTraffic(InstantSource time) {
        this.time = time;
    }

    void seen() {
        long now = time.millis();
        if (now != last) {
            last = now;
        }
    }

    SweepLimits within(SweepLimits limits) {
        return Math.abs(time.millis() - last) < QUIET_MILLIS ? limits.besideChecks() : limits;
    }
}
