package io.revoker.http.elastic;

import io.revoker.config.ElasticsearchConfig;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /} and {@code HEAD /}, for anyone: clients send no credentials with it. */
final class InfoRoute implements Handler<RoutingContext> {
    private static final List<String> METHODS = List.of("GET", "HEAD");
    private static final String NODE = "revoker";
    private static final String CLUSTER_ID = "AAAAAAAAAAAAAAAAAAAAAA";

    private final ElasticsearchConfig identity;

    InfoRoute(ElasticsearchConfig identity) {
        this.identity = identity;
    }

    @Override
    public void handle(RoutingContext request) {
        Wire.attempt(request, wishes -> {
            ElasticParameters parameters = Wire.parameters(request);
            Wire.requireMethod(request, METHODS);
            parameters.requireKnown(request.request().path());
            Wire.send(request, ElasticAnswer.of(200, InfoBody.of(NODE, identity, CLUSTER_ID), wishes));
        });
    }
}
