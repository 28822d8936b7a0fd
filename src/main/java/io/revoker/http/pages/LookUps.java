package io.revoker.http.pages;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Looks sessions up. So that strangers with invented cookies can't fill the queue of Redis, not many are looked up at
 * a time. Used by one event loop only.
 */
final class LookUps {
    private final int most;
    private int underWay;

    /** @param most how many are looked up at a time */
    LookUps(int most) {
        this.most = most;
    }

    /** Fails with a {@link Problem} if too many are under way; nothing is looked up then. */
    <T> Future<T> run(Supplier<Future<T>> lookUp) {
        if (underWay >= most) {
            return Future.failedFuture(
                    Problem.overloaded("sessions: " + underWay + " are being looked up (expected: fewer)"));
        }
        underWay++;
        return lookUp.get().onComplete(done -> underWay--);
    }
}
