package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkStore;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads marks beside the log: all of them anew, some slices at a time, after the log has lost entries; and now and then
 * some, to compare them with the view. Used by one event loop.
 */
final class MarkReading {
    private static final Logger LOG = LoggerFactory.getLogger(MarkReading.class);

    private final MarkLoader marks;
    private final MarkRefresh refresh;
    private final MarkView view;
    private boolean refreshDue;
    /** Number of slices that must be read anew. */
    private int stale;

    private boolean locksStale;

    MarkReading(MarkLoader marks, MarkRefresh refresh, MarkView view) {
        this.marks = marks;
        this.refresh = refresh;
        this.view = view;
    }

    /** Whether there are slices that must be read anew. */
    boolean isStale() {
        return stale > 0;
    }

    /** All slices must be read anew. */
    void allChanged() {
        stale = MarkStore.SLICES;
        locksStale = true;
    }

    /** All locks must be read anew. */
    void locksChanged() {
        locksStale = true;
    }

    /** Makes the next step compare some of the marks in the view with the store's. */
    void refreshNext() {
        refreshDue = true;
    }

    /** Reads some, if there is a reason to. */
    Future<Void> some(Stamp read) {
        return locks(read).compose(locks -> isStale() ? reloaded(read) : refreshed(read));
    }

    /**
     * The log was read up to here. A mark is raised before its entry is written; those without entries are found when
     * the marks are read anew.
     */
    void hasRead(Stamp read) {
        if (!isStale()) {
            view.progress().hasRead(read);
        }
    }

    private Future<Void> locks(Stamp read) {
        return locksStale ? marks.loadLocks(read).onSuccess(done -> locksStale = false) : Future.succeededFuture();
    }

    private Future<Void> reloaded(Stamp read) {
        return marks.loadSome(read)
                .onSuccess(slices -> {
                    stale = Math.max(0, stale - slices);
                    hasRead(read);
                })
                .mapEmpty();
    }

    private Future<Void> refreshed(Stamp read) {
        boolean due = refreshDue && view.isCurrent();
        refreshDue = false;
        return due ? refresh.some(read).recover(MarkReading::leaveForNow) : Future.succeededFuture();
    }

    /**
     * This failure only delays dropping marks that are not needed any longer; the next page checks whether the log is
     * complete.
     */
    private static Future<Void> leaveForNow(Throwable failure) {
        LOG.atDebug().addKeyValue("failure", failure.getMessage()).log("marks not refreshed");
        return Future.succeededFuture();
    }
}
