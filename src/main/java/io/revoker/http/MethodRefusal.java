package io.revoker.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses whatever comes this far: a method that its path does not have.
 *
 * @param allowed those that it has, as {@code Allow} lists them
 */
public record MethodRefusal(String allowed) implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext request) {
        request.response().putHeader(HttpHeaders.ALLOW, allowed);
        new ProblemDetails(405, "method: " + request.request().method() + " (expected: " + allowed + ")").send(request);
    }
}
