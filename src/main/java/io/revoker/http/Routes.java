package io.revoker.http;

import io.vertx.ext.web.Router;

/** A group of routes. */
@FunctionalInterface
public interface Routes {
    void mount(Router router);

    /** Ends answers that would not end by themselves: the listener is about to close. */
    default void leave() {}
}
