package io.revoker.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** A path that takes GET and, with the same answer but for its body, HEAD; and refuses everything else. */
public final class ReadOnly {
    private ReadOnly() {}

    public static void mount(Router router, String path, Handler<RoutingContext> read) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(read);
        router.route(path).handler(new MethodRefusal("GET, HEAD"));
    }
}
