package io.revoker.http;

import io.vertx.ext.web.Router;
import java.util.stream.Stream;

/** A group of routes. */
@FunctionalInterface
public interface Routes {
    void mount(Router router);

    /** Those of its paths that revoke: there is room for requests of callers who may do that when there is none for others. */
    default Stream<String> revoking() {
        return Stream.empty();
    }
}
