package io.revoker.http.elastic;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses the other APIs of Elasticsearch, with Elasticsearch's error for an unknown API, without looking at the body
 * or the caller.
 */
final class UnsupportedApis implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext request) {
        ElasticHandler.attempt(request, rendering -> {
            HttpServerRequest unknown = request.request();
            throw RequestErrors.noHandler(unknown.uri(), unknown.method().name());
        });
    }
}
