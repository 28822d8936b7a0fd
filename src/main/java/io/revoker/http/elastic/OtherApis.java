package io.revoker.http.elastic;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Refuses the other APIs of Elasticsearch as it refuses one that it does not have, without a look at the body or at who asks. */
final class OtherApis implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext request) {
        Wire.attempt(request, rendering -> {
            HttpServerRequest unknown = request.request();
            throw RequestFaults.noHandler(unknown.uri(), unknown.method().name());
        });
    }
}
