package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.config.Configuration.ElasticsearchConfig;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /} and {@code HEAD /}, without authentication: clients send no credentials with it. */
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
        ElasticHandler.attempt(request, wishes -> {
            ElasticParameters parameters = ElasticHandler.parameters(request);
            ElasticHandler.requireMethod(request, METHODS);
            parameters.requireKnown(request.request().path());
            ElasticHandler.send(request, ElasticAnswer.of(200, InfoBody.of(NODE, identity, CLUSTER_ID), wishes));
        });
    }

    /**
     * The answer to {@code GET /}: clients from 7.14 to 7.17 request it once, and refuse to work with a server that is
     * not an Elasticsearch. Each field is required by one of them.
     */
    static final class InfoBody {
        private InfoBody() {}

        /** @param clusterId by which clients distinguish clusters; Elasticsearch has 22 characters of base64url */
        static ObjectNode of(String name, ElasticsearchConfig identity, String clusterId) {
            ObjectNode body = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("cluster_name", identity.clusterName())
                    .put("cluster_uuid", clusterId);
            addVersion(body.putObject("version"), identity.version());
            return body.put("tagline", "You Know, for Search");
        }

        private static void addVersion(ObjectNode version, String number) {
            version.put("number", number)
                    .put("build_flavor", "default")
                    .put("build_type", "tar")
                    .put("build_hash", "0000000")
                    .put("build_date", "2021-01-13T00:42:12.435326Z")
                    .put("build_snapshot", false)
                    .put("lucene_version", "8.7.0")
                    .put("minimum_wire_compatibility_version", "6.8.0")
                    .put("minimum_index_compatibility_version", "6.0.0-beta1");
        }
    }
}
