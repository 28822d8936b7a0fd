package io.revoker.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers a request with what came of its work. A future that has several listeners and no context tells nobody what one of them throws, and the request
 * would hang: so it is caught here, and answered and logged like any other fault of ours.
 */
public final class Awaited {
    private Awaited() {}

    /** Fails the request if the work fails. */
    public static <T> void by(RoutingContext request, Future<T> work, Handler<T> then) {
        by(request, work, then, request::fail);
    }

    public static <T> void by(RoutingContext request, Future<T> work, Handler<T> then, Handler<Throwable> otherwise) {
        work.onComplete(caught(request, then), caught(request, otherwise));
    }

    private static <T> Handler<T> caught(RoutingContext request, Handler<T> handler) {
        return outcome -> {
            try {
                handler.handle(outcome);
            } catch (RuntimeException | Error fault) {
                request.fail(fault);
            }
        };
    }
}
