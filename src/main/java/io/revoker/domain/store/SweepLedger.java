package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Which sweeps are running, so that none is left unfinished: whoever runs a sweep holds a lease on it, and a sweep whose lease is over is anyone's.
 * {@link RevocationLog#append} enters it, in the same instant as it raises the mark. Two that run the same sweep do no harm: the store counts
 * every token once. Every method may be repeated, and fails with a {@link Problem}.
 */
public interface SweepLedger {

    /** Takes a sweep over that nobody holds a lease on. */
    Future<Optional<SweepStatus>> claim();

    /**
     * Extends the lease, and writes the progress down.
     *
     * @return whether the sweep is still running; false if it was ended or stopped by another
     */
    Future<Boolean> renew(SweepStatus status);

    /** Gives the lease back: another may go on at once. */
    Future<Void> release(Stamp sweep);

    /**
     * Writes the end down, and keeps it for an hour, unless too many end. A sweep that waits for this one is anyone's then. If it ended without errors, its
     * mark {@linkplain MarkStore#isSwept has been swept}.
     *
     * @param hearing who hears of the end
     */
    Future<End> end(SweepStatus status, Hearing hearing);

    /** Who hears of the end of a sweep. */
    enum Hearing {
        /** Who waits for it, and soon: few will ask for it. These are kept apart, so that they push no others out. */
        CALLER,
        /** Whoever asks for it. */
        ANYONE,
        /**
         * Perhaps nobody: who waited for it has gone without its counts, or has died. They are told to the next one who revokes the same within a minute,
         * unless somebody {@linkplain #heard has heard} them before.
         */
        NEXT_CALLER
    }

    /**
     * Says that whoever waited for a sweep has gone without its counts, whether it has ended by now or not: as if it ended with
     * {@link Hearing#NEXT_CALLER}.
     */
    Future<Void> unheard(Stamp sweep);

    /** Says that a caller is told the counts of sweeps of a target that had ended unheard: the next one is not told them again. */
    Future<Void> heard(Target target, List<Stamp> sweeps);

    /**
     * What ending a sweep came to.
     *
     * @param wasOpen whether the sweep was running or waiting until now
     * @param left how many others nobody is at
     */
    record End(boolean wasOpen, long left) {}

    /**
     * Corrects what is kept of a sweep that has ended, if it still is: of one that was stopped, what was under way then.
     *
     * @return what was kept until now
     */
    Future<Optional<SweepStatus>> amend(SweepStatus status);

    Future<Optional<SweepStatus>> find(Stamp sweep);

    /** The running and the waiting ones, and those that ended within the last hour; at most some thousands. */
    Future<List<SweepStatus>> list();
}
