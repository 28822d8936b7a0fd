package io.revoker.revocation;

import io.revoker.domain.Stamp;
import io.revoker.domain.SweepStatus;
import io.revoker.domain.SweepStatus.State;
import java.time.Instant;

/** A sweep that runs here, and whether the ledger keeps it after its end. */
final class RunningSweep {
    private final Sweep sweep;
    private Kept kept;

    RunningSweep(Sweep sweep, Kept kept) {
        this.sweep = sweep;
        this.kept = kept;
    }

    enum Kept {
        ALWAYS,
        UNLESS_SHORT
    }

    Sweep sweep() {
        return sweep;
    }

    Stamp stamp() {
        return sweep.stamp();
    }

    /** Somebody may ask for it from now on. */
    void keep() {
        kept = Kept.ALWAYS;
    }

    boolean isKept() {
        return kept == Kept.ALWAYS;
    }

    SweepStatus status(State state, Instant now) {
        return SweepStatus.begun(sweep.stamp(), sweep.target()).at(state, sweep.progress(), now);
    }
}
