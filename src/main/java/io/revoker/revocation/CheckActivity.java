package io.revoker.revocation;

import java.time.InstantSource;

/**
 * Whether checks are being requested just now, on any event loop. Redis answers everything that arrived in one turn of
 * its loop together, so a check waits for the sweep calls that arrived with it. While there are checks, a sweep
 * therefore keeps few calls in flight.
 */
public final class CheckActivity {
    private static final long QUIET_MILLIS = 100;

    private final InstantSource time;
    private volatile long last;

    public CheckActivity(InstantSource time) {
        this.time = time;
    }

    void seen() {
        long now = time.millis();
        if (now != last) {
            last = now;
        }
    }

    SweepSettings within(SweepSettings limits) {
        return Math.abs(time.millis() - last) < QUIET_MILLIS ? limits.besideChecks() : limits;
    }
}
