package io.revoker.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses any request that reaches it: its path does not support the method.
 *
 * @param allowed the methods of the path, as {@code Allow} lists them
 */
public record MethodNotAllowed(String allowed) implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext request) {
        request.response().putHeader(HttpHeaders.ALLOW, allowed);
        new ProblemDetails(405, "method: " + request.request().method() + " (expected: " + allowed + ")").send(request);
    }

    /** A path that supports GET and, with the same answer without its body, HEAD; all other methods are refused. */
    public static final class ReadOnly {
        private ReadOnly() {}

        public static void mount(Router router, String path, Handler<RoutingContext> read) {
            router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(read);
            router.route(path).handler(new MethodNotAllowed("GET, HEAD"));
        }
    }
}
