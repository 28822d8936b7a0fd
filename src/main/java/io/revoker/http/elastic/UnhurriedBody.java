package io.revoker.http.elastic;

import io.revoker.http.BodyReader;
import io.revoker.http.Edge;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Reads the body of a revocation in the time that every request has. From then on the revocation has a bound of its own. */
record UnhurriedBody(Edge edge, BodyReader bodies) {
    Future<Buffer> read(RoutingContext request) {
        return bodies.read(request.request()).onSuccess(body -> edge.unhurried().accept(request));
    }
}
