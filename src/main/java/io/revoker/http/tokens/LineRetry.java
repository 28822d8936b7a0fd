package io.revoker.http.tokens;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Repeats the work of a line while the service is overloaded. Lines of a stream are not urgent, and a client that got
 * a 503 for a line would only send it again.
 *
 * @param longest how long to repeat it
 */
record LineRetry(Vertx vertx, Duration longest) {
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 320;

    /** @param work may be repeated as long as it fails */
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

    /** Not if tokens were invalidated already: the answer to the repetition would lack their count. */
    private static boolean isOverloaded(Throwable failure) {
        return failure instanceof Problem problem
                && problem.kind() == Problem.Kind.OVERLOADED
                && problem.done().invalidated() == 0;
    }
}
