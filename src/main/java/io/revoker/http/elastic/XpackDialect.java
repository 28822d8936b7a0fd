package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.config.ElasticsearchConfig;
import io.revoker.domain.Report;
import io.vertx.ext.web.RoutingContext;

/**
 * The path of 5.5 to 6.8, deprecated since 7.0. Its clients need {@code created} in the answer and can't digest a 404.
 *
 * @param replacement the path to use instead
 */
record XpackDialect(String replacement, ElasticsearchConfig identity) implements Dialect {
    private static final String BUILD = "0000000";

    @Override
    public void greet(RoutingContext request) {
        String method = request.request().method().name();
        String agent = identity.identity() ? "Elasticsearch-" + identity.version() + '-' + BUILD : "Revoker";
        request.response()
                .putHeader(
                        "Warning",
                        "299 " + agent + " \"[" + method + " /_xpack/security/oauth2/token] is deprecated! Use ["
                                + method + ' ' + replacement + "] instead.\"");
    }

    @Override
    public int status(Report report) {
        return 200;
    }

    @Override
    public ObjectNode body(Report report) {
        return InvalidationBody.withCreated(report);
    }
}
