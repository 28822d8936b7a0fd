package io.revoker.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers a request with the result of its work. If a future has several listeners and no context, an exception of a
 * listener is lost, and the request would hang. So it is caught here, answered and logged like any other bug.
 */
public final class AsyncAnswer {
    private AsyncAnswer() {}

    /** Fails the request if the work fails. */
    public static <T> void by(RoutingContext request, Future<T> work, Handler<T> then) {
        by(request, work, then, request::fail);
    }

    /** Answers with the problem if the work fails. */
    public static <T> void orProblem(RoutingContext request, Future<T> work, Handler<T> then) {
        by(request, work, then, failure -> ProblemDetails.of(failure).send(request));
    }

    public static <T> void by(RoutingContext request, Future<T> work, Handler<T> then, Handler<Throwable> otherwise) {
        work.onComplete(caught(request, then), caught(request, otherwise));
    }

    private static <T> Handler<T> caught(RoutingContext request, Handler<T> handler) {
        return outcome -> {
            try {
                handler.handle(outcome);
            } catch (RuntimeException | Error failure) {
                request.fail(failure);
            }
        };
    }
}
