package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.audit.Origin;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The locks: {@link RevocationLog#enter} writes them, together with the mark. Every method may be repeated, and fails
 * with a {@link Problem}.
 */
public interface LockStore {
    /** There are never more. */
    int MOST = 10_000;

    /** One without locks. */
    LockStore NONE = new LockStore() {
        @Override
        public Future<Optional<List<Lock>>> all(Stamp known) {
            return Future.succeededFuture(Optional.of(List.of()));
        }

        @Override
        public Future<Integer> raise(List<Lock> locks) {
            return Future.succeededFuture(0);
        }

        @Override
        public Future<Boolean> remove(MarkId id) {
            return Future.succeededFuture(false);
        }
    };

    /**
     * Those that have not ended.
     *
     * @param known a revocation that the log had; {@link Stamp#NONE} for none
     * @return empty if the log has lost that revocation: then locks may be missing too
     */
    Future<Optional<List<Lock>>> all(Stamp known);

    /**
     * Writes locks that the store lacks, or that end there earlier; for a store that has lost its newest writes.
     *
     * @return for how many there was no room
     */
    Future<Integer> raise(List<Lock> locks);

    /**
     * Removes one, and notifies the readers of the log.
     *
     * @return whether there was one
     */
    Future<Boolean> remove(MarkId id);

    /**
     * A lock: until it ends, no tokens of its target are registered, and no JWT of it is active.
     *
     * @param stamp of the revocation that it came with
     * @param caller empty if not known
     */
    record Lock(Target target, Instant until, Stamp stamp, String caller, Optional<Reason> reason) {
        /** There is one lock of a target. */
        public MarkId id() {
            return MarkId.of(target);
        }

        public boolean isOver(Instant now) {
            return !until.isAfter(now);
        }
    }

    /** Requests the locks whose targets lie in the caller's realms. */
    record Find(RealmScope scope) {}

    /**
     * Requests that one of them be removed; the reply has it, if there was one.
     *
     * @param origin as the audit trail shows it; absent if it is not known
     */
    record Remove(long id, RealmScope scope, Optional<Origin> origin) {
        /** Without an origin. */
        public Remove(long id, RealmScope scope) {
            this(id, scope, Optional.empty());
        }
    }

    /** The reply to both. */
    record Found(List<Lock> locks) {
        public Found {
            locks = List.copyOf(locks);
        }
    }
}
