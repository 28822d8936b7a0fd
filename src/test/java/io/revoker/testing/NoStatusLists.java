package io.revoker.testing;

import io.revoker.domain.Problem;
import io.revoker.domain.TokenId;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.statuslists.StatusReference;
import io.revoker.domain.statuslists.StatusSubject;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that has no lists, and takes none. */
final class NoStatusLists implements StatusListStore {
    @Override
    public Future<List<StatusReference>> allocate(Wanted wanted) {
        return Future.failedFuture(Problem.overloaded("status lists: 0 (expected: fewer)"));
    }

    @Override
    public Future<Optional<StatusReference>> referenceOf(TokenId token) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<StatusReference> remember(TokenId token, StatusReference reference, Instant expiresAt) {
        return Future.succeededFuture(reference);
    }

    @Override
    public Future<Attached> attach(StatusReference reference, TokenId token, StatusSubject subject) {
        return Future.succeededFuture(Attached.UNKNOWN);
    }

    @Override
    public Future<Optional<StatusList>> find(String id) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<List<StatusList>> all() {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Page> page(StatusList list, Reached reached) {
        return Future.succeededFuture(new Page(List.of(), reached));
    }

    @Override
    public Future<List<Placed>> read(StatusList list, List<Integer> indexes) {
        return Future.succeededFuture(List.of());
    }
}
