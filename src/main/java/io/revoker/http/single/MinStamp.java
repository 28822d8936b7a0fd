package io.revoker.http.single;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * {@code Revoker-Min-Stamp} of a question: it must not be answered by a view of the revocations that is older. Waits a
 * short time until this instance has read so far.
 *
 * @param hasRead whether it has; asked again and again while a question waits
 */
public record MinStamp(Vertx vertx, Predicate<Stamp> hasRead) {
    private static final CharSequence HEADER = HttpHeaders.createOptimized("Revoker-Min-Stamp");
    private static final Stamp EMPTY = new Stamp(1);
    private static final long LOOK_MILLIS = 5;
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

    /** Whether a question has the header: almost none has. */
    public static boolean isIn(MultiMap headers) {
        return headers.contains(HEADER);
    }

    /** Fails with a {@link Problem}: invalid if the header is, unavailable if the stamp is too new. */
    public Future<Void> await(MultiMap headers) {
        List<String> values = headers.getAll(HEADER);
        if (values.isEmpty()) {
            return Future.succeededFuture();
        }
        return values.size() > 1
                ? invalid()
                : Stamp.parse(values.get(0)).map(this::await).orElseGet(MinStamp::invalid);
    }

    private static Future<Void> invalid() {
        return Future.failedFuture(Problem.invalid("Revoker-Min-Stamp: not a stamp (expected: 1 to 18 digits, once)"));
    }

    /** The feed has 1 while the log is empty. */
    private Future<Void> await(Stamp stamp) {
        if (!stamp.isAfter(EMPTY) || hasRead.test(stamp)) {
            return Future.succeededFuture();
        }
        Promise<Void> reached = Promise.promise();
        lookAgain(stamp, System.nanoTime(), reached);
        return reached.future();
    }

    private void lookAgain(Stamp stamp, long begun, Promise<Void> reached) {
        vertx.setTimer(LOOK_MILLIS, timer -> {
            if (hasRead.test(stamp)) {
                reached.complete();
            } else if (System.nanoTime() - begun > LONGEST) {
                reached.fail(Problem.unavailable(
                        "Revoker-Min-Stamp: " + stamp + " (expected: a stamp that this instance has read)"));
            } else {
                lookAgain(stamp, begun, reached);
            }
        });
    }
}
