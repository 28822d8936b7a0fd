package io.revoker.revocation;

import java.time.Duration;

/**
 * How much sweeps do at a time. All but patience and tending may change while they run.
 *
 * @param batch holders whose tokens are invalidated in one pipelined batch
 * @param inFlight batches that may be unanswered
 * @param inFlightBesideChecks the same while checks are being answered
 * @param running sweeps at once on one event loop
 * @param perSecond holders that one sweep comes to in a second; 0 for no limit
 * @param patience how long an answer waits for a sweep that comes on; the sweep goes on after it
 * @param tending time between two signs of life of a sweep; several of them are shorter than its lease
 */
public record SweepLimits(
        int batch,
        int inFlight,
        int inFlightBesideChecks,
        int running,
        int perSecond,
        Duration patience,
        Duration tending) {

    SweepLimits besideChecks() {
        int fewer = Math.min(inFlight, inFlightBesideChecks);
        return new SweepLimits(batch, fewer, fewer, running, perSecond, patience, tending);
    }

    /** How long a sweep may stand still while somebody waits for it. */
    Duration standstill() {
        return patience.multipliedBy(2).dividedBy(5);
    }

    /** Holders below which the next page is read: enough for the time that it takes. */
    int ahead() {
        return 2 * batch * inFlight;
    }
}
