package io.revoker.http;

import io.vertx.ext.web.Router;

/** A group of routes. */
@FunctionalInterface
public interface Routes {
    void mount(Router router);
}
