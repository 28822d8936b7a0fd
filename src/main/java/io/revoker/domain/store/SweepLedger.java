package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The list of sweeps, so that none is left unfinished: an instance that runs a sweep holds a lease on it, and any
 * instance may claim a sweep whose lease has expired. {@link RevocationLog#enter} enters a sweep, atomically with
 * raising its mark. Two instances that run the same sweep do no harm: the store counts every token once. Every method
 * may be repeated, and fails with a {@link Problem}.
 */
public interface SweepLedger {

    /** Takes over a sweep that no instance holds a lease on. */
    Future<Optional<SweepStatus>> claim();

    /**
     * Extends the lease, and writes the progress.
     *
     * @return whether the sweep is still running; false if another instance ended or stopped it
     */
    Future<Boolean> renew(SweepStatus status);

    /** Gives the lease back: another instance may resume the sweep at once. */
    Future<Void> release(Stamp sweep);

    /**
     * Writes the end, and keeps it for an hour, unless too many sweeps end. A sweep that waits for this one can be
     * claimed then. If it ended without errors, its mark {@linkplain MarkStore#isSwept has been swept}.
     *
     * @param delivery who receives the counts
     */
    Future<End> end(SweepStatus status, Delivery delivery);

    /** Who receives the counts of a sweep. */
    enum Delivery {
        /**
         * The caller that waits for it, soon; hardly anyone else will ask for it. Such ends are kept apart, so that
         * they do not push out others.
         */
        CALLER,
        /** Anyone who asks for it. */
        ANYONE,
        /**
         * Perhaps no caller yet: the one that waited has left without the counts, or has died. The next caller that
         * revokes the same target within a minute gets them, unless they are
         * {@linkplain #markDelivered marked as delivered} before.
         */
        NEXT_CALLER
    }

    /**
     * Notes that the caller that waited for a sweep has left without its counts, whether the sweep has ended by now or
     * not: as if it ended with {@link Delivery#NEXT_CALLER}.
     */
    Future<Void> markUndelivered(Stamp sweep);

    /**
     * Notes that a caller receives the counts of sweeps that had been kept for the next caller of a target: no later
     * caller gets them again.
     */
    Future<Void> markDelivered(Target target, List<Stamp> sweeps);

    /**
     * The result of ending a sweep.
     *
     * @param left the number of other sweeps that no instance runs
     */
    record End(Before before, long left) {
        /** Whether it was running or waiting until now. */
        public boolean wasOpen() {
            return before != Before.CLOSED;
        }
    }

    /** The state of a sweep just before it was ended. */
    enum Before {
        /** Another instance has ended it, or nothing is known of it. */
        CLOSED,
        RUNNING,
        /** No instance has begun it. */
        WAITING
    }

    /**
     * Corrects the stored counts of a sweep that has ended, if they are still kept: for a stopped sweep, adds what was
     * in flight when it was stopped.
     *
     * @return what was stored until now
     */
    Future<Optional<SweepStatus>> amend(SweepStatus status);

    Future<Optional<SweepStatus>> find(Stamp sweep);

    /** The running and the waiting sweeps, and those that ended within the last hour; at most some thousands. */
    Future<List<SweepStatus>> list();
}
