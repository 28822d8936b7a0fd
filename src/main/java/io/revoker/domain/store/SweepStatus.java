package io.revoker.domain.store;

import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A sweep as anyone may ask for it.
 *
 * @param sweep the stamp of its revocation is its name
 * @param started by the store's clock, which the stamp may be ahead of
 * @param updated when the progress was written down last, in whole milliseconds
 * @param caller who asked for the revocation; empty if nobody said
 * @param by the younger sweep that counts for it, if it is {@link State#JOINED}
 */
public record SweepStatus(
        Stamp sweep,
        Target target,
        State state,
        Progress progress,
        Instant started,
        Instant updated,
        String caller,
        Optional<Stamp> by) {

    public enum State {
        /** Somebody is at it, or will be when the lease of the last one is over. */
        RUNNING,
        /** Nobody has room for it yet, or an older one of the same target is running. */
        WAITING,
        /** All is counted. */
        ENDED,
        /** The counting was stopped. The mark stands: every token that the sweep had not come to is dead all the same. */
        STOPPED,
        /** The same, told to whoever stopped it: what was under way is not counted yet. The ledger has no such state. */
        STOPPING,
        /** It met a fault of ours. The mark stands. */
        FAILED,
        /** It had not begun when its target was revoked again: the younger sweep counts for both. */
        JOINED;

        /** Whether it is yet to be counted. */
        public boolean isOpen() {
            return this == RUNNING || this == WAITING;
        }
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
        return new SweepStatus(
                sweep, target, State.RUNNING, Progress.NONE, sweep.instant(), sweep.instant(), "", Optional.empty());
    }

    public SweepStatus at(State now, Progress reached, Instant time) {
        return new SweepStatus(sweep, target, now, reached, started, time, caller, by);
    }
}
