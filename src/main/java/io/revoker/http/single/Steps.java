package io.revoker.http.single;

import io.vertx.core.Future;
import java.util.function.Function;

/** Steps of which most are done when they return: a future with nothing to wait for takes as long as such a step. */
public final class Steps {
    private Steps() {}

    /** The same as {@link Future#compose}, without another future if the step has succeeded already. */
    public static <T, R> Future<R> then(Future<T> step, Function<? super T, Future<R>> next) {
        if (!step.succeeded()) {
            return step.compose(next);
        }
        try {
            return next.apply(step.result());
        } catch (RuntimeException | Error failure) {
            return Future.failedFuture(failure);
        }
    }
}
