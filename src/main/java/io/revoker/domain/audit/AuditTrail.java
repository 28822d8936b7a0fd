package io.revoker.domain.audit;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps an entry for each act. An act is announced before it begins, and answered when its entry is written; or the
 * step that does it notes it, then it is answered, and its entry is written soon after. If this instance ends in
 * between, what is announced or noted becomes the entry. Used by one event loop only.
 */
public interface AuditTrail {

    /** One that keeps nothing. */
    AuditTrail NONE = new AuditTrail() {
        @Override
        public <T> Future<T> of(Act act, Function<Keeping, Future<T>> work, Function<T, Optional<Result>> result) {
            return work.apply(Keeping.NONE);
        }

        @Override
        public <T> Future<T> counted(Act act, Supplier<Future<T>> work, Function<T, String> name) {
            return work.get();
        }

        @Override
        public Future<Void> note(Act act, Result result) {
            return Future.succeededFuture();
        }

        @Override
        public Future<AuditRequests.Page> find(AuditRequests.Find request) {
            return Future.succeededFuture(new AuditRequests.Page(List.of(), Optional.empty()));
        }

        @Override
        public Future<AuditRequests.Chains> chains() {
            return Future.succeededFuture(new AuditRequests.Chains(List.of()));
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    };

    /**
     * Carries out an act. If its entry can't be written, the future fails with a {@link io.revoker.domain.Problem} that
     * says whether the act was done.
     *
     * @param work begins at once, but must change nothing before it is kept
     * @param result what has become of it; empty if it has changed nothing that an entry should tell
     */
    <T> Future<T> of(Act act, Function<Keeping, Future<T>> work, Function<T, Optional<Result>> result);

    /**
     * Carries out an act of which there may be many: equal ones share an entry with their numbers, which is written
     * after a while.
     *
     * @param name under which it is counted
     */
    <T> Future<T> counted(Act act, Supplier<Future<T>> work, Function<T, String> name);

    /** Writes an entry of something that is over. */
    Future<Void> note(Act act, Result result);

    /** Entries that were written. Fails with a {@link io.revoker.domain.Problem}. */
    Future<AuditRequests.Page> find(AuditRequests.Find request);

    /** The ends of the chains. Fails with a {@link io.revoker.domain.Problem}. */
    Future<AuditRequests.Chains> chains();

    /** Writes what has been counted so far. */
    Future<Void> close();
}
