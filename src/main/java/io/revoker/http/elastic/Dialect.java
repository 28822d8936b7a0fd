package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.config.Configuration.ElasticsearchConfig;
import io.revoker.domain.Report;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The differences between the paths. */
interface Dialect {
    /** The methods of the path, in the order in which Elasticsearch lists them. */
    default List<String> methods() {
        return List.of("DELETE", "POST");
    }

    /** Adds headers before anything else is done. */
    void addHeaders(RoutingContext request);

    int status(Report report);

    ObjectNode body(Report report);

    /**
     * The path of 7.0 and later.
     *
     * @param unknownTokenStatus 404 since 7.7; high level clients of 7.0 to 7.7 accept only 200
     */
    record CurrentDialect(int unknownTokenStatus) implements Dialect {
        @Override
        public void addHeaders(RoutingContext request) {}

        @Override
        public int status(Report report) {
            return report.outcome() != Report.Outcome.NOT_FOUND ? 200 : unknownTokenStatus;
        }

        @Override
        public ObjectNode body(Report report) {
            return InvalidationBody.of(report);
        }
    }

    /**
     * A path of our own for clients that can't send a body with {@code DELETE}.
     *
     * @param answers the dialect of everything else
     */
    record PostDialect(Dialect answers) implements Dialect {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }

        @Override
        public void addHeaders(RoutingContext request) {
            answers.addHeaders(request);
        }

        @Override
        public int status(Report report) {
            return answers.status(report);
        }

        @Override
        public ObjectNode body(Report report) {
            return answers.body(report);
        }
    }

    /**
     * The path of 5.5 to 6.8, deprecated since 7.0. Its clients need {@code created} in the answer and can't handle a
     * 404.
     *
     * @param replacement the path to use instead
     */
    record XpackDialect(String replacement, ElasticsearchConfig identity) implements Dialect {
        private static final String BUILD = "0000000";

        @Override
        public void addHeaders(RoutingContext request) {
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
}
