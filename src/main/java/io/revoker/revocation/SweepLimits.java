package io.revoker.revocation;

import java.time.Duration;

/**
 * How much sweeps do at a time.
 *
 * @param batch holders whose tokens are invalidated in one pipelined batch
 * @param inFlight batches that may be unanswered
 * @param running sweeps at once on one event loop
 * @param patience how long a sweep may take, pauses while the store is unavailable included
 */
public record SweepLimits(int batch, int inFlight, int running, Duration patience) {

    /** Holders below which the next page is read: enough for the time that it takes. */
    int ahead() {
        return 2 * batch * inFlight;
    }
}
