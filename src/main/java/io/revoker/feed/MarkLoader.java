package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.MarkStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the marks from the store into the view, some slices at a time: at the start all of them, later some now and
 * then, so that the view drops those that the store has dropped. It requests as many slices together as one turn of
 * the event loop can process. Used by one event loop only.
 */
final class MarkLoader {
    private static final Logger LOG = LoggerFactory.getLogger(MarkLoader.class);

    /** Number of marks after which one call of {@link #loadSome} ends. */
    private static final int SOME = 2000;

    /** Number of slices that such a call reads at most: if there are few marks, 16 calls read all of them. */
    private static final int SOME_SLICES = 64;

    /** Number of slices that a call of {@link #loadFew} reads at most. */
    private static final int FEW_SLICES = 4;

    /** Most slices that are requested together: half of the smallest allowed number of commands in flight. */
    private static final int TOGETHER = 8;

    /** Marks that are processed in one turn: about two milliseconds. */
    private static final int TURN = 10_000;

    private final Context context;
    private final MarkStore store;
    private final MarkView view;
    private int next;
    /** Number of slices to request together next. */
    private int together = 1;

    MarkLoader(Context context, MarkStore store, MarkView view) {
        this.context = context;
        this.store = store;
        this.view = view;
    }

    /** The work for one slice; returns the number of its marks. */
    private interface Step {
        Future<Integer> go(int slice);
    }

    /**
     * Loads all marks. Fails if the store can't be reached, or has lost some in the meantime.
     *
     * @param read the log was read up to here: marks that are newer stay in the view
     */
    Future<Void> load(Stamp read) {
        Promise<Void> end = Promise.promise();
        each(0, slice -> take(slice, read), end);
        return end.future().compose(marks -> loadLocks(read));
    }

    /**
     * Raises the marks of the view that the store lacks, and loads those that the view lacks.
     *
     * @param begun an entry of the log from before this began; fails if that is lost again
     */
    Future<Void> raise(Stamp begun) {
        Promise<Void> end = Promise.promise();
        each(0, slice -> store.raise(slice, view.slice(slice)).compose(raised -> take(slice, begun)), end);
        return end.future()
                .compose(marks -> store.locks().raise(view.locks().all()))
                .onSuccess(MarkLoader::warn)
                .compose(raised -> loadLocks(begun));
    }

    /** Those are in no view any more. */
    private static void warn(int lost) {
        if (lost > 0) {
            LOG.atError()
                    .addKeyValue("locks", lost)
                    .addKeyValue("most", LockStore.MOST)
                    .log("locks lost: no room to write them again");
        }
    }

    /** Copies all locks: there are few. */
    Future<Void> loadLocks(Stamp read) {
        return store.locks()
                .all(read)
                .map(found -> found.orElseThrow(() -> missing(read)))
                .onSuccess(locks -> view.locks().replace(locks, read))
                .mapEmpty();
    }

    private static Problem missing(Stamp read) {
        return Problem.unavailable("log: " + read + " is missing (expected: what was read from it)");
    }

    /**
     * Loads some more slices, see {@link #load}, and returns their number. After the last slice it continues with the
     * first. If it fails, the next call begins with a slice that was not loaded.
     */
    Future<Integer> loadSome(Stamp read) {
        return some(SOME_SLICES, read);
    }

    /** The same with fewer slices, for when there is hardly anything to find. */
    Future<Integer> loadFew(Stamp read) {
        return some(FEW_SLICES, read);
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

    private Future<Integer> some(int most, Stamp read) {
        Promise<Integer> end = Promise.promise();
        some(most, 0, 0, read, end);
        return end.future();
    }

    private void some(int most, int slices, int marks, Stamp read, Promise<Integer> end) {
        if (slices >= most || marks >= SOME) {
            end.complete(slices);
            return;
        }
        int count = Math.min(together, most - slices);
        go(IntStream.range(next, next + count).map(number -> number % MarkStore.SLICES), slice -> take(slice, read))
                .onSuccess(found -> {
                    next = (next + count) % MarkStore.SLICES;
                    context.runOnContext(turn -> some(most, slices + count, marks + found, read, end));
                })
                .onFailure(end::fail);
    }

    /**
     * Returns the number of their marks. All slices have about the same number of marks, so the last ones determine
     * how many to request next.
     */
    private Future<Integer> go(IntStream slices, Step step) {
        return Future.join(slices.mapToObj(step::go).toList()).map(all -> {
            int marks = all.<Integer>list().stream().mapToInt(Integer::intValue).sum();
            together = Math.max(1, Math.min(TOGETHER, TURN / (1 + marks / all.size())));
            return marks;
        });
    }

    private Future<Integer> take(int slice, Stamp read) {
        return store.slice(slice, read)
                .map(found -> found.orElseThrow(() -> missing(read)))
                .map(marks -> {
                    view.replace(slice, marks, read);
                    return marks.size();
                });
    }
}
