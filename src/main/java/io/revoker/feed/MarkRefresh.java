package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkStore;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Reads marks anew, some at a time, again and again, so that the view drops those that the store has dropped.
 *
 * <p>After a mark was raised, all slices are read. After such a round the view has every mark that the store had when
 * the round began: also those up to a stamp that has no entry in the log. Otherwise it reads only what may have been
 * dropped, so that an idle service costs little. Used by one event loop only.
 */
final class MarkRefresh {
    private final MarkLoader marks;
    private final MarkView view;
    private final Supplier<Future<Stamp>> newestMark;
    /** The newest mark that the store had when the last round of all slices began. */
    private Stamp begun = Stamp.NONE;

    private Round round = Round.DROPPED;
    /** Slices that the round has not passed yet. */
    private int left;

    private enum Round {
        /** Reads all slices. */
        ALL,
        /** Looks for marks that were dropped. */
        DROPPED
    }

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
                .compose(begun -> step(read))
                .onSuccess(this::passed)
                .mapEmpty();
    }

    /** A round of all slices that is under way comes to its end first, however many marks are raised. */
    private boolean isToBegin(Stamp newest) {
        return left == 0 || (round == Round.DROPPED && !newest.equals(begun));
    }

    private Future<?> begin(Stamp newest, Stamp read) {
        return marks.loadLocks(read).onSuccess(loaded -> {
            round = newest.equals(begun) ? Round.DROPPED : Round.ALL;
            begun = newest;
            left = MarkStore.SLICES;
        });
    }

    private Future<Integer> step(Stamp read) {
        return switch (round) {
            case ALL -> marks.loadSome(read);
            case DROPPED -> marks.dropSome(read);
        };
    }

    private void passed(int slices) {
        left = Math.max(0, left - slices);
        if (left == 0 && round == Round.ALL) {
            view.progress().hasRead(begun);
        }
    }
}
