package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkStore;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Reads all marks anew, some at a time, again and again. After a round the view has every mark that the store had when
 * the round began: also those up to a stamp that has no entry in the log. A round that begins after a mark was raised
 * is a quick one. Otherwise the store can only have dropped marks, and a round takes its time, so that an idle service
 * costs little. Used by one event loop only.
 */
final class MarkRefresh {
    private final MarkLoader marks;
    private final MarkView view;
    private final Supplier<Future<Stamp>> newestMark;
    /** The newest mark that the store had when the round began. */
    private Stamp begun = Stamp.NONE;

    private boolean isQuick;
    private int left;

    MarkRefresh(MarkLoader marks, MarkView view, Supplier<Future<Stamp>> newestMark) {
        this.marks = marks;
        this.view = view;
        this.newestMark = newestMark;
    }

    /** @param read the log was read up to here */
    Future<Void> some(Stamp read) {
        return newestMark
                .get()
                .compose(newest -> isToBegin(newest) ? begin(newest, read) : Future.succeededFuture())
                .compose(begun -> isQuick ? marks.loadSome(read) : marks.loadFew(read))
                .onSuccess(this::loaded)
                .mapEmpty();
    }

    /** A quick round comes to its end first, however many marks are raised. */
    private boolean isToBegin(Stamp newest) {
        return left == 0 || (!isQuick && !newest.equals(begun));
    }

    private Future<?> begin(Stamp newest, Stamp read) {
        return marks.loadLocks(read).onSuccess(loaded -> {
            isQuick = !newest.equals(begun);
            begun = newest;
            left = MarkStore.SLICES;
        });
    }

    private void loaded(int slices) {
        left = Math.max(0, left - slices);
        if (left == 0) {
            view.progress().hasRead(begun);
        }
    }
}
