package io.revoker.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
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

    /** A path that takes GET and, with the same answer but for its body, HEAD; and refuses everything else. */
    public static final class ReadOnly {
        private ReadOnly() {}

        public static void mount(Router router, String path, Handler<RoutingContext> read) {
            router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(read);
            router.route(path).handler(new MethodRefusal("GET, HEAD"));
        }
    }
}
