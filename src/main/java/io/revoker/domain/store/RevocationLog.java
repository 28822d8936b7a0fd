package io.revoker.domain.store;

import io.revoker.domain.Durability;
import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The ordered stream of revocations. Every method may be repeated, and fails with a {@link Problem}. */
public interface RevocationLog {

    /**
     * Assigns the revocation its stamp and writes it to the log; for a realm, a user or a user in a realm it also
     * raises the mark, atomically. When the future succeeds the revocation is durable.
     */
    Future<Stamp> append(Target target, Optional<Reason> reason);

    /** The same without a reason. */
    default Future<Stamp> append(Target target) {
        return append(target, Optional.empty());
    }

    /** The same for a registered token; followers of the log learn of what is known of it. */
    default Future<Stamp> append(Target.Single token, Optional<Reason> reason, Registered registered) {
        return append(token, reason);
    }

    /**
     * The same after the token was invalidated. Where the store can keep that order, it is sent at once; then the log
     * may have the revocation although the invalidation has failed.
     *
     * @param invalidation in a store that shares the connection of this log; it has been sent
     */
    default Future<Stamp> appendAfter(
            Future<?> invalidation, Target.Single token, Optional<Reason> reason, Registered registered) {
        return invalidation.compose(done -> append(token, reason, registered));
    }

    /** The same for a target that raises a mark; also enters its sweep into the ledger, in the same step. */
    Future<Entered> enter(Target target, Order order);

    /** Call this before the first step of a revocation: the result confirms what is written from then on. */
    Writing begin();

    /** The stamp of the newest entry; {@link Stamp#NONE} if there never was one. */
    Future<Stamp> newest();

    /**
     * A page of the revocations after a stamp, oldest first. Waits a bounded time for the first of them, then returns
     * an empty page.
     *
     * @param read the newest revocation that was read
     * @param known some revocations that are known to have been written, whether they were read or not
     */
    Future<LogPage> after(Stamp read, List<Stamp> known);

    /**
     * A page of the revocations after one stamp and before another, oldest first, whatever the log has lost; does not
     * wait.
     *
     * @param read need not be in the log
     */
    Future<LogPage> between(Stamp read, Stamp end);

    /**
     * A page of the entries after a stamp, oldest first, for a reader that was away; does not wait.
     *
     * @param read the newest entry that was read; {@link Stamp#NONE} for all that the log still has
     */
    Future<LogPage> resume(Stamp read);

    /**
     * Continues a log that has lost its newest entries: no later stamp or birth is older than what was known, and
     * every reader of the log is notified that it must read all marks anew.
     *
     * @param known the newest stamp that was known to have been in the log
     * @return the stamp of the entry that notifies the readers
     */
    Future<Stamp> goOn(Stamp known);

    /** The state of the log as a whole, reported with a page. */
    enum Continuity {
        /** Nothing is missing before the page. */
        WHOLE,
        /**
         * The entry that was read last is no longer kept, or marks were raised that are not in the page: all marks
         * must be read anew.
         */
        MARKS_CHANGED,
        /** Nothing is missing, but a lock was removed: all locks must be read anew. */
        LOCKS_CHANGED,
        /** The log went back: it has lost a revocation that was known, and maybe others. */
        LOST
    }

    /** What is written from some moment on, by this log and the stores that were opened with it. */
    interface Writing {
        /**
         * Confirms what was written until now: waits for the replicas that the configuration demands, in one call with
         * other callers. Fails if the store falls short of what is demanded, or was replaced in the meantime; what was
         * written stays written.
         */
        Future<Durability> confirm();

        /**
         * The same if only the log and some parts of the store were written to: a shortfall of the other parts does
         * not matter.
         *
         * @param parts as {@link TokenStore#part} and the totals of sweeps name them
         */
        Future<Durability> confirm(Set<String> parts);
    }

    /**
     * What a caller that requests a sweep says.
     *
     * @param caller empty if not stated
     * @param lockUntil keeps registrations and JWTs of the target refused until then
     * @param notAfter by the clock of the log: later, nothing is written, and the call fails
     */
    record Order(
            String caller,
            Start start,
            Optional<Reason> reason,
            Optional<Instant> lockUntil,
            Optional<Instant> notAfter) {

        /** Without a reason. */
        public Order(String caller, Start start) {
            this(caller, start, Optional.empty());
        }

        /** Without a lock. */
        public Order(String caller, Start start, Optional<Reason> reason) {
            this(caller, start, reason, Optional.empty(), Optional.empty());
        }

        /** The same with another start. */
        public Order starting(Start when) {
            return new Order(caller, when, reason, lockUntil, notAfter);
        }
    }

    /** When the caller can begin the sweep. */
    enum Start {
        AT_ONCE,
        /** The caller has no room: the instance that claims the sweep begins it. */
        LATER
    }

    /**
     * A sweep that was entered into the ledger.
     *
     * @param sweep running if the caller is to run it, else waiting to be claimed
     * @param joined older sweeps of the same target whose counts no caller has received; a running one among them goes
     * first
     */
    record Entered(SweepStatus sweep, List<Stamp> joined) {
        public Entered {
            joined = List.copyOf(joined);
        }

        /** Of the revocation, and of its sweep. */
        public Stamp stamp() {
            return sweep.sweep();
        }
    }

    /**
     * A page of the log.
     *
     * @param upTo the newest entry of the page, whether it is a revocation or not; what was read before if there is
     * none
     * @param isLast whether the page reaches the end of the log
     * @param trimmed entries that are older than this may have been trimmed, by whichever instance; empty if it was
     * not asked
     */
    record LogPage(List<LogEvent> events, Stamp upTo, boolean isLast, Continuity continuity, Optional<Stamp> trimmed) {

        public LogPage {
            events = List.copyOf(events);
        }

        /** One of which it is not known what was trimmed. */
        public LogPage(List<LogEvent> events, Stamp upTo, boolean isLast, Continuity continuity) {
            this(events, upTo, isLast, continuity, Optional.empty());
        }

        /** The same page, with what is known of trimmed entries. */
        public LogPage trimmedBefore(Stamp stamp) {
            return new LogPage(events, upTo, isLast, continuity, Optional.of(stamp));
        }

        /** The same page, which follows what was read before: what else has changed is in its events. */
        public LogPage continuing() {
            return new LogPage(events, upTo, isLast, Continuity.WHOLE, trimmed);
        }

        /** Those of the events that are revocations. */
        public List<Revocation> revocations() {
            return events.stream()
                    .flatMap(event -> event instanceof LogEvent.Revoked revoked
                            ? Stream.of(revoked.revocation())
                            : Stream.empty())
                    .toList();
        }
    }
}
