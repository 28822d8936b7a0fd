package io.revoker.revocation;

import java.time.Duration;

/**
 * How much sweeps do at a time. All but patience and tending may change while they run.
 *
 * @param batch holders whose tokens are invalidated in one pipelined batch
 * @param inFlight batches that may be unanswered
 * @param inFlightBesideChecks the same while checks are being answered
 * @param running sweeps at once on one event loop
 * @param perSecond holders that one sweep may process in a second; 0 for no limit
 * @param patience how long a caller waits for a sweep that makes progress; the sweep goes on after that
 * @param tending time between two renewals of a sweep's lease; the lease lasts several times as long
 */
public record SweepSettings(
        int batch,
        int inFlight,
        int inFlightBesideChecks,
        int running,
        int perSecond,
        Duration patience,
        Duration tending) {

    SweepSettings besideChecks() {
        int fewer = Math.min(inFlight, inFlightBesideChecks);
        return new SweepSettings(batch, fewer, fewer, running, perSecond, patience, tending);
    }

    /** How long a sweep may make no progress while a caller waits for it. */
    Duration standstill() {
        return patience.multipliedBy(2).dividedBy(5);
    }

    /** After this time without a renewal a sweep has surely lost its instance: its lease lasts three renewals. */
    Duration longestStop() {
        return tending.multipliedBy(4);
    }

    /** The next page is read when fewer holders than this are queued: enough for the time that reading takes. */
    int ahead() {
        return 2 * batch * inFlight;
    }
}
