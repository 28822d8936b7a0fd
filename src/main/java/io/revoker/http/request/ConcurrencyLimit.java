package io.revoker.http.request;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Work that strangers can cause, of which not much is under way at a time. Used by one event loop only. */
public final class ConcurrencyLimit {
    private final int most;
    private final String what;
    private final String done;
    private int underWay;

    /**
     * Allows so many at a time.
     *
     * @param what is worked on, for the message: in the plural
     * @param done what is done to it, such as {@code read}
     */
    public ConcurrencyLimit(int most, String what, String done) {
        this.most = most;
        this.what = what;
        this.done = done;
    }

    /** Fails with a {@link Problem} if too many are under way; the work is not begun then. */
    public <T> Future<T> run(Supplier<Future<T>> work) {
        if (underWay >= most) {
            return Future.failedFuture(
                    Problem.overloaded(what + ": " + underWay + " are being " + done + " (expected: fewer)"));
        }
        underWay++;
        return work.get().onComplete(ended -> underWay--);
    }
}
