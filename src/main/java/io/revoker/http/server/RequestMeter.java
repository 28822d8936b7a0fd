package io.revoker.http.server;

import io.revoker.http.InFlightLimit;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Counts and times each request under its route. */
final class RequestMeter implements Handler<RoutingContext> {
    private static final String NO_ROUTE = "none";

    /** The status in nginx for a request whose client did not wait for the answer. */
    private static final int CLIENT_GONE = 499;

    private final InFlightLimit inFlight;

    RequestMeter(InFlightLimit inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public void handle(RoutingContext request) {
        long began = System.nanoTime();
        request.addEndHandler(end -> inFlight.answered(
                InFlightLimit.route(request).orElse(NO_ROUTE),
                status(request, end.succeeded()),
                System.nanoTime() - began));
        inFlight.closeIfDraining(request.request());
        request.next();
    }

    private static int status(RoutingContext request, boolean answered) {
        return answered || request.response().headWritten() ? request.response().getStatusCode() : CLIENT_GONE;
    }
}
