package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.stream.IntStream;

/**
 * Takes the marks over from the store, some slices at a time: at the start all of them, later some now and then, so that the view loses those that the
 * store has dropped. As many slices are asked for together as one turn of the event loop can take over. Used by one event loop only.
 */
final class MarkLoader {
    /** Marks after which one call for some slices ends. */
    private static final int SOME = 2000;

    /** Slices that such a call looks at: few marks are all seen within 16 calls. */
    private static final int SOME_SLICES = 64;

    /** Slices that are asked for together at most: half of the fewest commands that may be in flight. */
    private static final int TOGETHER = 8;

    /** Marks that are taken over in one turn: two milliseconds' worth. */
    private static final int TURN = 10_000;

    private final Context context;
    private final MarkStore store;
    private final MarkView view;
    private int next;
    /** Slices that are asked for together next. */
    private int together = 1;

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

    /** Takes over some more slices, see {@link #load}, and gives their number. After the last one comes the first. */
    Future<Integer> loadSome(Stamp read) {
        Promise<Integer> end = Promise.promise();
        some(0, 0, read, end);
        return end.future();
    }

    private void each(int from, Step step, Promise<Void> end) {
        if (from == MarkStore.SLICES) {
            end.complete();
            return;
        }
        int to = Math.min(MarkStore.SLICES, from + together);
        go(IntStream.range(from, to), step)
                .onSuccess(marks -> context.runOnContext(turn -> each(to, step, end)))
                .onFailure(end::fail);
    }

    private void some(int slices, int marks, Stamp read, Promise<Integer> end) {
        if (slices >= SOME_SLICES || marks >= SOME) {
            end.complete(slices);
            return;
        }
        int count = together;
        IntStream numbers = IntStream.range(next, next + count).map(number -> number % MarkStore.SLICES);
        next = (next + count) % MarkStore.SLICES;
        go(numbers, slice -> take(slice, read))
                .onSuccess(found -> context.runOnContext(turn -> some(slices + count, marks + found, read, end)))
                .onFailure(end::fail);
    }

    /** Gives the number of their marks. All slices have about the same number of marks: the last ones tell how many to ask for. */
    private Future<Integer> go(IntStream slices, Step step) {
        return Future.join(slices.mapToObj(step::go).toList()).map(all -> {
            int marks = all.<Integer>list().stream().mapToInt(Integer::intValue).sum();
            together = Math.max(1, Math.min(TOGETHER, TURN / (1 + marks / all.size())));
            return marks;
        });
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
