package io.revoker.http.server;

import io.revoker.http.Traffic;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Counts and times each request under its route. */
final class Entrance implements Handler<RoutingContext> {
    private static final String NO_ROUTE = "none";

    /** What nginx calls a request whose client did not wait for the answer. */
    private static final int CLIENT_GONE = 499;

    private final Traffic traffic;

    Entrance(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void handle(RoutingContext request) {
        long began = System.nanoTime();
        request.addEndHandler(end ->
                traffic.answered(Traffic.route(request).orElse(NO_ROUTE), status(request, end.succeeded()), began));
        traffic.greet(request.request());
        request.next();
    }

    private static int status(RoutingContext request, boolean answered) {
        return answered || request.response().headWritten() ? request.response().getStatusCode() : CLIENT_GONE;
    }
}
