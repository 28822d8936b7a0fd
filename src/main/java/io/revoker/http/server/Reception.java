package io.revoker.http.server;

import io.revoker.http.DirectRoute;
import io.revoker.http.Exchange;
import io.revoker.http.HostRule;
import io.revoker.http.Traffic;
import io.revoker.http.server.ConnectionGuard.Watched;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** Takes every request in: those for a direct route it hands over itself, all others go to the router. */
final class Reception implements Handler<HttpServerRequest> {
    private final ConnectionGuard guard;
    private final Traffic traffic;
    private final List<DirectRoute> routes;
    private final Handler<HttpServerRequest> router;

    Reception(ConnectionGuard guard, Traffic traffic, List<DirectRoute> routes, Handler<HttpServerRequest> router) {
        this.guard = guard;
        this.traffic = traffic;
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

    /** The one that the request is for; absent if it goes to the router. */
    Optional<DirectRoute> direct(HttpServerRequest request) {
        return routes.stream().filter(route -> isFor(route, request)).findFirst();
    }

    /** The routes behind the router know what to say to a request without a readable host. */
    private static boolean isFor(DirectRoute route, HttpServerRequest request) {
        return Optional.ofNullable(request.path()).filter(route::isFor).isPresent() && HostRule.isReadable(request);
    }

    private void handle(HttpServerRequest request, DirectRoute route) {
        long began = System.nanoTime();
        Watched.UnderWay clock = guard.begin(request.connection(), request);
        traffic.greet(request);
        Exchange exchange = new Exchange(request, route, traffic, status -> {
            clock.end();
            traffic.answered(route.name(), status, began);
        });
        exchange.attempt(() -> route.answer(exchange));
    }
}
