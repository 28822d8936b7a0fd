package io.revoker.feed;

import io.revoker.domain.MarkStore;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

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

    /** What is done for a slice; gives the number of its marks. */
    private interface Step {
        Future<Integer> go(int slice);
    }

    /**
     * Takes all marks over. Fails if the store can't be reached, or has lost some meanwhile.
     *
     * @param read what the log was read up to: marks that are newer stay in the view
     */
    Future<Void> load(Stamp read) {
        Promise<Void> end = Promise.promise();
        each(0, slice -> take(slice, read), end);
        return end.future();
    }

    /**
     * Raises in the store what it lacks of the marks in the view, and takes over what the view lacks.
     *
     * @param begun an entry of the log from before this began; fails if that is lost again
     */
    Future<Void> raise(Stamp begun) {
        Promise<Void> end = Promise.promise();
        each(0, slice -> store.raise(slice, view.slice(slice)).compose(raised -> take(slice, begun)), end);
        return end.future();
    }

    /** Takes over some more slices; see {@link #load}. */
    Future<Void> loadSome(Stamp read) {
        Promise<Void> end = Promise.promise();
        some(0, 0, read, end);
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

    private void some(int slices, int marks, Stamp read, Promise<Void> end) {
        if (slices == SOME_SLICES || marks >= SOME) {
            end.complete();
            return;
        }
        int slice = next;
        next = (next + 1) % MarkStore.SLICES;
        take(slice, read)
                .onSuccess(found -> context.runOnContext(turn -> some(slices + 1, marks + found, read, end)))
                .onFailure(end::fail);
    }

    private Future<Integer> take(int slice, Stamp read) {
        return store.slice(slice, read)
                .map(found -> found.orElseThrow(
                        () -> Problem.unavailable("log: " + read + " is missing (expected: what was read from it)")))
                .map(marks -> {
                    view.replace(slice, marks, read);
                    return marks.size();
                });
    }
}
