package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.SweepLedger.Hearing;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import java.time.Instant;

/** A sweep that runs here, and who will hear of its end. */
final class RunningSweep {
    private final Sweep sweep;
    private final SweepStatus begun;
    private Hearing hearing;
    private boolean postponed;

    RunningSweep(Sweep sweep, SweepStatus begun, Hearing hearing) {
        this.sweep = sweep;
        this.begun = begun;
        this.hearing = hearing;
    }

    Sweep sweep() {
        return sweep;
    }

    SweepStatus begun() {
        return begun;
    }

    Stamp stamp() {
        return begun.sweep();
    }

    /** It has gone on for so long that anyone may have seen it. */
    void lasts() {
        if (hearing == Hearing.CALLER) {
            hearing = Hearing.ANYONE;
        }
    }

    /** Whoever waited for it has gone without its counts, or another instance ends it, which knows nothing of who waits here. */
    void isNotHeard() {
        hearing = Hearing.NEXT_CALLER;
    }

    /** Whether the ledger keeps its counts for the next caller until it is told that somebody has heard them. */
    boolean isKeptUntold() {
        return hearing == Hearing.NEXT_CALLER;
    }

    Hearing hearing() {
        return hearing;
    }

    /** Leaves its place to others: whoever claims it goes on when its lease is over. */
    void postpone() {
        postponed = true;
        sweep.stop(Uncounted.goesOnElsewhere(stamp()));
    }

    boolean isPostponed() {
        return postponed;
    }

    void stop(Problem why) {
        sweep.stop(why);
    }

    SweepStatus status(State state, Instant now) {
        return begun.at(state, sweep.progress(), now);
    }
}
