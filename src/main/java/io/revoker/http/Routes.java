package io.revoker.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;

/** A group of routes. */
@FunctionalInterface
public interface Routes {
    void mount(Router router);

    /**
     * What the routes of one event loop are made with.
     *
     * @param unhurried tells that a request may last as long as its body
     * @param precedence of revocations, on all event loops
     */
    public record Edge(Vertx vertx, Consumer<RoutingContext> unhurried, Precedence precedence) {}

    /**
     * What a listener serves.
     *
     * @param hosts for which, but for the direct routes: a gateway on this host passes on what its own clients ask for
     * @param direct looked at first
     * @param routed in the order in which they are tried
     */
    public record Served(HostRule hosts, List<DirectRoute> direct, List<Routes> routed) {}
}
