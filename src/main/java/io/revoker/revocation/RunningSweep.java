package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.SweepLedger.Delivery;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import java.time.Instant;

/** A sweep that runs on this event loop, and who will receive its counts. */
final class RunningSweep {
    private final Sweep sweep;
    private final SweepStatus begun;
    private Delivery delivery;
    private boolean postponed;

    RunningSweep(Sweep sweep, SweepStatus begun, Delivery delivery) {
        this.sweep = sweep;
        this.begun = begun;
        this.delivery = delivery;
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

    /** It has run for so long that anyone may have seen its status. */
    void markVisible() {
        if (delivery == Delivery.CALLER) {
            delivery = Delivery.ANYONE;
        }
    }

    /**
     * The caller that waited for it has left without its counts, or another instance ends it, which does not know who
     * waits here.
     */
    void keepForNextCaller() {
        delivery = Delivery.NEXT_CALLER;
    }

    /** Whether the ledger keeps its counts for the next caller, until a caller is known to have received them. */
    boolean isKeptForNextCaller() {
        return delivery == Delivery.NEXT_CALLER;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Gives its place to other sweeps. The instance that claims it resumes it when its lease has expired. */
    void postpone() {
        postponed = true;
        sweep.stop(Uncounted.interrupted(stamp()));
    }

    boolean isPostponed() {
        return postponed;
    }

    void stop(Problem why) {
        sweep.stop(why);
    }

    SweepStatus status(State state, Instant now) {
        return begun.at(state, sweep.counts().progress(), now);
    }
}
