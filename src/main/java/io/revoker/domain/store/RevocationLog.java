package io.revoker.domain.store;

import io.revoker.domain.Durability;
import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** The ordered stream of revocations. Every method may be repeated, and fails with a {@link Problem}. */
public interface RevocationLog {

    /**
     * Gives the revocation its stamp and writes it down; for a realm, a user or a user in a realm it raises the mark too, in the same
     * instant. When it succeeds the revocation is durable.
     */
    Future<Stamp> append(Target target);

    /** The same for a target that raises a mark, and says what becomes of its sweep. */
    Future<Entered> enter(Target target, Order order);

    /** To be asked for before the first step of a revocation: it makes sure of what is written from then on. */
    Writing begin();

    /** The stamp of the newest entry; {@link Stamp#NONE} if there never was one. */
    Future<Stamp> newest();

    /**
     * A page of the revocations after a stamp, oldest first; waits a bounded time for the first of them, then gives an empty page.
     *
     * @param read the newest revocation that was read
     * @param known some that are known to have been written, whether they were read or not
     */
    Future<LogPage> after(Stamp read, List<Stamp> known);

    /**
     * A page of the revocations after one stamp and before another, oldest first, whatever the log has lost; does not wait.
     *
     * @param read need not be in the log
     */
    Future<LogPage> between(Stamp read, Stamp end);

    /**
     * Goes on with a log that has lost its newest entries: no stamp and no birth from now on is older than what was known, and every reader of the log is
     * told to read all marks anew.
     *
     * @param known the newest stamp that was known to have been in the log
     * @return the stamp of the entry that tells the readers
     */
    Future<Stamp> goOn(Stamp known);

    /** What a page says of the log as a whole. */
    enum Continuity {
        /** Nothing is missing before the page. */
        WHOLE,
        /** What was read last is no longer kept, or marks were raised that are not in the page: they have to be read anew. */
        MARKS_CHANGED,
        /** The log has lost a revocation that was known, and there is no telling what else: it went back. */
        LOST
    }

    /** What is written from some moment on, by this log and the stores that were opened with it. */
    interface Writing {
        /**
         * Makes sure of what was written until now: waits for the replicas that the configuration demands, together with whoever else does. Fails if
         * the store falls short of what is demanded, or was replaced meanwhile; what was written stays written.
         */
        Future<Durability> confirm();

        /**
         * The same if nothing else was written to than the log and some parts of the store: what the others fall short of does not matter.
         *
         * @param parts as {@link TokenStore#part} and the totals of sweeps name them
         */
        Future<Durability> confirm(Set<String> parts);
    }

    /**
     * Who asks for a sweep.
     *
     * @param caller empty if nobody said
     */
    record Order(String caller, Start start) {}

    /** When the one who asks can begin. */
    enum Start {
        AT_ONCE,
        /** It has no room: whoever claims the sweep begins it. */
        LATER
    }

    /**
     * A sweep that was entered into the ledger.
     *
     * @param sweep running if whoever asked is to run it, else waiting for somebody who claims it
     * @param joined older sweeps of the same target whose counts nobody was told yet; of those, the running one goes first
     */
    record Entered(SweepStatus sweep, List<Stamp> joined) {
        public Entered {
            joined = List.copyOf(joined);
        }
    }

    /**
     * Some of the log.
     *
     * @param upTo the newest entry of the page, be it a revocation or not; what was read before if there is none
     * @param isLast whether it was read to its end
     */
    record LogPage(List<Revocation> revocations, Stamp upTo, boolean isLast, Continuity continuity) {

        public LogPage {
            revocations = List.copyOf(revocations);
        }
    }
}
