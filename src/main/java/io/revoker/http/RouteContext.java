package io.revoker.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/**
 * What the routes of one event loop are created with.
 *
 * @param unhurried removes the time limit of a request, which then may last as long as its body
 * @param priority of revocations, on all event loops
 */
public record RouteContext(Vertx vertx, Consumer<RoutingContext> unhurried, RevocationPriority priority) {}
