package io.revoker.feed;

import io.revoker.domain.MarkSlice;
import io.revoker.domain.MarkStore;
import io.revoker.domain.Stamp;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/**
 * Takes the marks over from the store, slice by slice, one event-loop turn each: at the start all of them, later some at a time, so that the view loses
 * those that the store has dropped. Used by one event loop only.
 */
final class MarkLoader {
    /** Marks after which one call for some slices ends. */
    private static final int SOME = 2000;

    /** Slices that such a call looks at: few marks are all seen within 16 calls. */
    private static final int SOME_SLICES = 64;

    private final Context context;
    private final MarkStore store;
    private final MarkView view;
    private int next;

    MarkLoader(Context context, MarkStore store, MarkView view) {
        this.context = context;
        this.store = store;
        this.view = view;
    }

    /** What is done for a slice; gives the number of its marks, or -1 if the log has lost what this node knows. */
    private interface Step {
        Future<Integer> go(int slice);
    }

    /** Takes all marks over. Fails if the store can't be reached, or has lost some meanwhile. */
    Future<Void> load() {
        Promise<Void> end = Promise.promise();
        each(0, this::take, end);
        return end.future();
    }

    /** Raises in the store what it lacks of the marks in the view, and takes over what the view lacks. */
    Future<Void> raise() {
        Promise<Void> end = Promise.promise();
        each(0, slice -> store.raise(slice, view.slice(slice)).compose(raised -> takeAnew(slice)), end);
        return end.future();
    }

    /** Takes over some more slices. Does nothing if the log went back: what the store has lost must not be forgotten here. */
    Future<Void> loadSome() {
        Promise<Void> end = Promise.promise();
        some(0, 0, end);
        return end.future();
    }

    private void each(int slice, Step step, Promise<Void> end) {
        if (slice == MarkStore.SLICES) {
            end.complete();
            return;
        }
        step.go(slice)
                .onSuccess(marks -> context.runOnContext(turn -> each(slice + 1, step, end)))
                .onFailure(end::fail);
    }

    private void some(int slices, int marks, Promise<Void> end) {
        if (slices == SOME_SLICES || marks >= SOME) {
            end.complete();
            return;
        }
        int slice = next;
        next = (next + 1) % MarkStore.SLICES;
        take(slice)
                .onSuccess(found -> context.runOnContext(turn -> some(slices + 1, marks + found, end)))
                .onFailure(end::fail);
    }

    private Future<Integer> take(int slice) {
        Stamp known = view.known();
        return store.slice(slice, known).map(found -> replace(slice, found, known));
    }

    /** When the log is known to have gone back there is nothing to hold it to. */
    private Future<Integer> takeAnew(int slice) {
        Stamp known = view.known();
        return store.slice(slice, Stamp.NONE).map(found -> replace(slice, found, known));
    }

    private int replace(int slice, Optional<MarkSlice> found, Stamp known) {
        found.ifPresent(marks -> view.replace(slice, marks, known));
        return found.map(MarkSlice::size).orElse(0);
    }
}
