package io.revoker.http.elastic;

import io.revoker.http.RouteContext;
import io.revoker.http.request.BodyReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads the body of a revocation within the time limit of every request. After that the revocation has a time limit of
 * its own.
 */
record RevocationBody(RouteContext context, BodyReader bodies) {
    Future<Buffer> read(RoutingContext request) {
        return bodies.read(request.request())
                .onSuccess(body -> context.unhurried().accept(request));
    }
}
