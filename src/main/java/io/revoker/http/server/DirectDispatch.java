package io.revoker.http.server;

import io.revoker.http.DirectRoute;
import io.revoker.http.Exchange;
import io.revoker.http.HostRule;
import io.revoker.http.InFlightLimit;
import io.revoker.http.server.ConnectionTimeouts.Watched;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** Receives every request: those for a direct route it passes to that route itself, all others to the router. */
final class DirectDispatch implements Handler<HttpServerRequest> {
    private final ConnectionTimeouts timeouts;
    private final InFlightLimit inFlight;
    private final List<DirectRoute> routes;
    private final Handler<HttpServerRequest> router;

    DirectDispatch(
            ConnectionTimeouts timeouts,
            InFlightLimit inFlight,
            List<DirectRoute> routes,
            Handler<HttpServerRequest> router) {
        this.timeouts = timeouts;
        this.inFlight = inFlight;
        this.routes = routes;
        this.router = router;
    }

    @Override
    public void handle(HttpServerRequest request) {
        for (DirectRoute route : routes) {
            if (isFor(route, request)) {
                handle(request, route);
                return;
            }
        }
        router.handle(request);
    }

    /** The direct route of the request; absent if it goes to the router. */
    Optional<DirectRoute> direct(HttpServerRequest request) {
        return routes.stream().filter(route -> isFor(route, request)).findFirst();
    }

    /** A request without a well-formed host goes to the router, whose routes answer it. */
    private static boolean isFor(DirectRoute route, HttpServerRequest request) {
        String path = request.path();
        return path != null && route.isFor(path) && HostRule.isReadable(request);
    }

    private void handle(HttpServerRequest request, DirectRoute route) {
        long began = System.nanoTime();
        Watched.UnderWay clock = timeouts.begin(request.connection(), request, began);
        inFlight.closeIfDraining(request);
        Exchange exchange = new Exchange(request, route, inFlight, status -> {
            long ended = System.nanoTime();
            clock.end(ended);
            inFlight.answered(route.name(), status, ended - began);
        });
        exchange.attempt(() -> route.answer(exchange));
    }
}
