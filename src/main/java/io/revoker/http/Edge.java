package io.revoker.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/**
 * What the routes of one event loop are made with.
 *
 * @param unhurried tells that a request may last as long as its body
 * @param precedence of revocations, on all event loops
 */
public record Edge(Vertx vertx, Consumer<RoutingContext> unhurried, Precedence precedence) {}
