package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkStore;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Reads all marks anew, some at a time, again and again. After a round the view has every mark that the store had when
 * the round began: also those up to a stamp that has no entry in the log. Used by one event loop only.
 */
final class MarkRefresh {
    private final MarkLoader marks;
    private final MarkView view;
    private final Supplier<Future<Stamp>> newestMark;
    /** The newest mark that the store had when the round began. */
    private Stamp begun = Stamp.NONE;

    private int left;

    MarkRefresh(MarkLoader marks, MarkView view, Supplier<Future<Stamp>> newestMark) {
        this.marks = marks;
        this.view = view;
        this.newestMark = newestMark;
    }

    /** @param read the log was read up to here */
    Future<Void> some(Stamp read) {
        return (left > 0 ? Future.succeededFuture() : begin(read))
                .compose(begun -> marks.loadSome(read))
                .onSuccess(this::loaded)
                .mapEmpty();
    }

    private Future<?> begin(Stamp read) {
        return newestMark
                .get()
                .compose(newest -> marks.loadLocks(read).map(newest))
                .onSuccess(newest -> {
                    begun = newest;
                    left = MarkStore.SLICES;
                });
    }

    private void loaded(int slices) {
        left -= slices;
        if (left <= 0) {
            view.progress().hasRead(begun);
        }
    }
}
