package io.revoker.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A sweep as anyone may ask for it.
 *
 * @param sweep the stamp of its revocation is its name
 * @param updated when the progress was written down last, in whole milliseconds
 */
public record SweepStatus(
        Stamp sweep, Target target, State state, Progress progress, Instant started, Instant updated) {

    public enum State {
        /** Somebody is at it, or will be when the lease of the last one is over. */
        RUNNING,
        /** All is counted. */
        ENDED,
        /** The counting was stopped. The mark stands: every token that the sweep had not come to is dead all the same. */
        STOPPED,
        /** It met a fault of ours. The mark stands. */
        FAILED
    }

    /**
     * How far it has come.
     *
     * @param holders that were looked at
     * @param all holders to look at; an estimate, 0 until it is known
     * @param errors holders whose tokens could not be counted
     */
    public record Progress(long holders, long all, Tally tally, long errors) {
        public static final Progress NONE = new Progress(0, 0, Tally.NONE, 0);
    }

    public SweepStatus {
        updated = updated.truncatedTo(ChronoUnit.MILLIS);
    }

    /** It has begun, and nothing is known of it yet. */
    public static SweepStatus begun(Stamp sweep, Target target) {
        return new SweepStatus(sweep, target, State.RUNNING, Progress.NONE, sweep.instant(), sweep.instant());
    }

    public SweepStatus at(State now, Progress reached, Instant time) {
        return new SweepStatus(sweep, target, now, reached, started, time);
    }
}
