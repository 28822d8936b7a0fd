package io.revoker.domain;

import io.vertx.core.Future;
import java.util.List;

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

    /** A page of the marks that stand now, from those after a stamp on, oldest first. */
    Future<MarkPage> marks(Stamp from);

    /** A page of the revocations after a stamp, oldest first; waits a bounded time for the first of them, then gives an empty page. */
    Future<LogPage> after(Stamp stamp);

    /** What is written from some moment on, by this log and the stores that were opened with it. */
    interface Writing {
        /**
         * Makes sure of what was written until now: waits for the replicas that the configuration demands, together with whoever else does. Fails if
         * the store falls short of what is demanded, or was replaced meanwhile; what was written stays written.
         */
        Future<Durability> confirm();
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
     * @param isLast whether it was read to its end
     */
    record LogPage(List<Revocation> revocations, boolean isLast) {
        public LogPage {
            revocations = List.copyOf(revocations);
        }
    }

    /**
     * Some of the marks.
     *
     * @param upTo where the next page begins; after the last page the newest stamp of the log when it was read
     * @param isLast whether no mark is left
     */
    record MarkPage(List<Revocation> marks, Stamp upTo, boolean isLast) {
        public MarkPage {
            marks = List.copyOf(marks);
        }
    }
}
