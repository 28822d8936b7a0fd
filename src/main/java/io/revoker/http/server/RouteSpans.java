package io.revoker.http.server;

import io.revoker.http.InFlightLimit;
import io.revoker.trace.HttpSpan;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Names the span of a request after its route. */
final class RouteSpans implements Handler<RoutingContext> {
    private RouteSpans() {}

    /** Absent if nothing is traced. */
    static Optional<RouteSpans> of(Vertx vertx) {
        return ((VertxInternal) vertx).tracer() == null ? Optional.empty() : Optional.of(new RouteSpans());
    }

    /**
     * Names the span when the answer begins, because then the final route is known, and the span ends with the answer.
     * If the client disconnects, there is no answer: then the first route is used.
     */
    @Override
    public void handle(RoutingContext request) {
        HttpSpan span = new HttpSpan();
        request.addHeadersEndHandler(head -> name(span, request));
        request.next();
        name(span, request);
    }

    private static void name(HttpSpan span, RoutingContext request) {
        InFlightLimit.route(request)
                .ifPresent(route -> span.name(request.request().method().name(), route));
    }

    /** Direct routes are known at once. */
    Handler<HttpServerRequest> before(DirectDispatch dispatch) {
        return request -> {
            dispatch.direct(request)
                    .ifPresent(route -> new HttpSpan().name(request.method().name(), route.name()));
            dispatch.handle(request);
        };
    }
}
