package io.revoker.http.tokens;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Repeats the work of lines of streams while the service is overloaded, and while Redis is away. Such lines are not
 * urgent, and a client that got a 503 for a line would only send it again.
 *
 * <p>If Redis stays away, the lines that come then do not wait any more: else a long stream would take for ever to be
 * refused. A line that was sent to Redis, and not answered, is not repeated: what it has done would not be counted.
 *
 * <p>Used by one event loop.
 */
final class LineRetry implements Tries {
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 320;

    /** Once no line has noticed it for so long, an outage is over: those that wait ask more often. */
    private static final Duration OVER = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Duration longest;
    private final LongSupplier nanos;
    private Optional<Outage> outage = Optional.empty();

    /** Redis is away: since when, and when a line noticed it last. */
    private record Outage(long since, long noticed) {}

    /**
     * Creates one that has noticed no outage.
     *
     * @param longest how long to repeat the work of a line, and how long Redis is waited for
     * @param nanos the time, from a clock that never goes back
     */
    LineRetry(Vertx vertx, Duration longest, LongSupplier nanos) {
        this.vertx = vertx;
        this.longest = longest;
        this.nanos = nanos;
    }

    @Override
    public <T> Future<T> of(Supplier<Future<T>> work) {
        return attempt(work, nanos.getAsLong(), FIRST_PAUSE_MILLIS);
    }

    private <T> Future<T> attempt(Supplier<Future<T>> work, long begun, long pauseMillis) {
        return work.get()
                .recover(failure -> failure instanceof Problem problem && isToRepeat(problem, begun)
                        ? repetition(problem, work, begun, pauseMillis)
                        : Future.failedFuture(failure));
    }

    /** If it succeeds after an outage, that is over. Other lines may succeed meanwhile, on other nodes of a Cluster. */
    private <T> Future<T> repetition(Problem problem, Supplier<Future<T>> work, long begun, long pauseMillis) {
        Future<T> again = vertx.timer(pauseMillis, TimeUnit.MILLISECONDS)
                .compose(over -> attempt(work, begun, Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis)));
        return isOfAnOutage(problem) ? again.onSuccess(done -> outage = Optional.empty()) : again;
    }

    /** Not if tokens were invalidated already: the answer to the repetition would lack their count. */
    private boolean isToRepeat(Problem problem, long begun) {
        return problem.done().invalidated() == 0
                && isPatient(begun)
                && (problem.kind() == Problem.Kind.OVERLOADED || (isOfAnOutage(problem) && isShort()));
    }

    private boolean isPatient(long since) {
        return nanos.getAsLong() - since < longest.toNanos();
    }

    /** Redis can't be reached or refuses everything, and so has done nothing that would have to be counted. */
    private static boolean isOfAnOutage(Problem problem) {
        return problem.isPassing() && !problem.isUnanswered();
    }

    /** Whether the outage that was noticed just now is. */
    private boolean isShort() {
        long now = nanos.getAsLong();
        long since = outage.filter(before -> now - before.noticed() < OVER.toNanos())
                .map(Outage::since)
                .orElse(now);
        outage = Optional.of(new Outage(since, now));
        return isPatient(since);
    }
}
