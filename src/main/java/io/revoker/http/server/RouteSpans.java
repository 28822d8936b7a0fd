package io.revoker.http.server;

import io.revoker.http.Traffic;
import io.revoker.trace.HttpSpan;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Tells the span of a request its route. */
final class RouteSpans implements Handler<RoutingContext> {
    private RouteSpans() {}

    /** Absent if nothing is traced. */
    static Optional<RouteSpans> of(Vertx vertx) {
        return ((VertxInternal) vertx).tracer() == null ? Optional.empty() : Optional.of(new RouteSpans());
    }

    /** The route is known when there is an answer, and the span ends with it. There is none if the client leaves: then it is the one that had begun. */
    @Override
    public void handle(RoutingContext request) {
        HttpSpan span = new HttpSpan();
        request.addHeadersEndHandler(head -> name(span, request));
        request.next();
        name(span, request);
    }

    private static void name(HttpSpan span, RoutingContext request) {
        Traffic.route(request)
                .ifPresent(route -> span.name(request.request().method().name(), route));
    }

    /** The direct routes are known at once. */
    Handler<HttpServerRequest> before(Reception reception) {
        return request -> {
            reception
                    .direct(request)
                    .ifPresent(route -> new HttpSpan().name(request.method().name(), route.name()));
            reception.handle(request);
        };
    }
}
