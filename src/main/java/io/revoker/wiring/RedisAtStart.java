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
 * Retries calls to Redis at the start. On a busy machine, one-time work of the JVM, above all class loading, can delay
 * an event loop for longer than a call may take. Redis itself may still be loading its data, or have no primary. So
 * such calls are retried for a while. A call that Redis refuses for another reason, such as a wrong password, ends the
 * start at once.
 *
 * @param end by the clock of {@link System#nanoTime}, for all steps of the start together: nothing is retried after it
 */
record RedisAtStart(Vertx vertx, long end) {
    private static final Logger LOG = LoggerFactory.getLogger(RedisAtStart.class);
    private static final long PAUSE_MILLIS = 100;

    /** The time begins now. */
    static RedisAtStart within(Vertx vertx, Duration patience) {
        return new RedisAtStart(vertx, System.nanoTime() + patience.toNanos());
    }

    /**
     * Call it on an event loop; all attempts are made there.
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
        return failure instanceof Problem problem && problem.isPassing() && System.nanoTime() - end < 0;
    }

    /** The failure may be reported on any thread: the client closes connections on a thread of its own. */
    private Future<Void> pause(Throwable failure, Context here) {
        LOG.atInfo().addKeyValue("failure", failure.getMessage()).log("redis not reached yet");
        Promise<Void> over = Promise.promise();
        here.runOnContext(turn -> vertx.setTimer(PAUSE_MILLIS, timer -> over.complete()));
        return over.future();
    }
}
