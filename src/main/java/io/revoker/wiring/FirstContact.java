package io.revoker.wiring;

import io.revoker.domain.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a start comes to Redis. On a machine that is too busy, what the JVM does but once, loading classes above all, keeps an event loop from its answers for
 * longer than a call may take. So what gets no answer is tried again for a while. What Redis refuses is no better the next time.
 *
 * @param end by the clock of {@link System#nanoTime}, for all steps of the start together: after it nothing is tried again
 */
record FirstContact(Vertx vertx, long end) {
    private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
    private static final long PAUSE_MILLIS = 100;

    /** The patience begins now. */
    static FirstContact within(Vertx vertx, Duration patience) {
        return new FirstContact(vertx, System.nanoTime() + patience.toNanos());
    }

    /**
     * To be called on an event loop; that is where all attempts are made.
     *
     * @param attempt leaves nothing open if it fails
     */
    <T> Future<T> make(Supplier<Future<T>> attempt) {
        return make(attempt, vertx.getOrCreateContext());
    }

    private <T> Future<T> make(Supplier<Future<T>> attempt, Context here) {
        return attempt.get()
                .recover(failure -> isWorthRepeating(failure)
                        ? pause(failure, here).compose(over -> make(attempt, here))
                        : Future.failedFuture(failure));
    }

    private boolean isWorthRepeating(Throwable failure) {
        return failure instanceof Problem problem && problem.isUnanswered() && System.nanoTime() - end < 0;
    }

    /** What has failed may have said so on any thread: the client closes on one of its own. */
    private Future<Void> pause(Throwable failure, Context here) {
        LOG.atInfo().addKeyValue("failure", failure.getMessage()).log("redis not reached yet");
        Promise<Void> over = Promise.promise();
        here.runOnContext(turn -> vertx.setTimer(PAUSE_MILLIS, timer -> over.complete()));
        return over.future();
    }
}
