package io.revoker.http.tokens;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Does the work of a line again as long as too much is under way: nobody waits for a single line, and a client that got a 503 for it would only send it
 * again.
 *
 * @param longest how long that may go on
 */
record Patience(Vertx vertx, Duration longest) {
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 320;

    /** The work may be repeated as long as it fails. */
    <T> Future<T> with(Supplier<Future<T>> work) {
        return attempt(work, System.nanoTime() + longest.toNanos(), FIRST_PAUSE_MILLIS);
    }

    private <T> Future<T> attempt(Supplier<Future<T>> work, long until, long pauseMillis) {
        return work.get()
                .recover(failure -> isOverloaded(failure) && System.nanoTime() < until
                        ? vertx.timer(pauseMillis, TimeUnit.MILLISECONDS)
                                .compose(over -> attempt(work, until, Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis)))
                        : Future.failedFuture(failure));
    }

    /** What a problem says was done would be missing in the answer to the repetition. */
    private static boolean isOverloaded(Throwable failure) {
        return failure instanceof Problem problem
                && problem.kind() == Problem.Kind.OVERLOADED
                && problem.done().invalidated() == 0;
    }
}
