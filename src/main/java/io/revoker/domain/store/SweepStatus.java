package io.revoker.domain.store;

import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The status of a sweep, as any caller may request it.
 *
 * @param sweep the stamp of its revocation, which is its id
 * @param started by the store's clock, which the stamp may be ahead of
 * @param updated when the progress was last written, in whole milliseconds
 * @param caller who requested the revocation; empty if not stated
 * @param by the younger sweep that counts for it, if it is {@link State#JOINED}
 * @param reason of the revocation, if it was stated
 */
public record SweepStatus(
        Stamp sweep,
        Target target,
        State state,
        Progress progress,
        Instant started,
        Instant updated,
        String caller,
        Optional<Stamp> by,
        Optional<Reason> reason) {

    public enum State {
        /** An instance runs it, or will when the lease of the last one has expired. */
        RUNNING,
        /** No instance has room for it yet, or an older one of the same target is running. */
        WAITING,
        /** Everything is counted. */
        ENDED,
        /**
         * The counting was stopped. The mark stands: every token that the sweep had not reached is dead all the same.
         */
        STOPPED,
        /** Stopped, but what was in flight is not counted yet. */
        STOPPING,
        /** It met a bug in Revoker. The mark stands. */
        FAILED,
        /** It had not begun when its target was revoked again: the younger sweep counts for both. */
        JOINED;

        /** Whether the sweep is not counted yet. */
        public boolean isOpen() {
            return this == RUNNING || this == WAITING;
        }
    }

    /**
     * How far the sweep has come.
     *
     * @param holders that were processed
     * @param all holders to process; an estimate, 0 until it is known
     * @param errors holders whose tokens could not be counted
     */
    public record Progress(long holders, long all, Tally tally, long errors) {
        public static final Progress NONE = new Progress(0, 0, Tally.NONE, 0);
    }

    public SweepStatus {
        updated = updated.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A sweep that has begun, without progress yet. */
    public static SweepStatus begun(Stamp sweep, Target target) {
        return new SweepStatus(
                sweep,
                target,
                State.RUNNING,
                Progress.NONE,
                sweep.instant(),
                sweep.instant(),
                "",
                Optional.empty(),
                Optional.empty());
    }

    public SweepStatus at(State now, Progress reached, Instant time) {
        return new SweepStatus(sweep, target, now, reached, started, time, caller, by, reason);
    }
}
