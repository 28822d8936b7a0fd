package io.revoker.testing;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** A store without marks, which drops what it gets. For tests that override some of its methods. */
public class EmptyMarkStore implements MarkStore {
    @Override
    public Future<Optional<MarkSlice>> slice(int number, Stamp known) {
        return Future.succeededFuture(Optional.of(MarkSlice.EMPTY));
    }

    @Override
    public Future<Void> raise(int number, MarkSlice marks) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> isSwept(MarkId mark, Stamp stamp) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<List<Revocation>> due() {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Void> drop(MarkId mark, Stamp stamp) {
        return Future.succeededFuture();
    }
}
