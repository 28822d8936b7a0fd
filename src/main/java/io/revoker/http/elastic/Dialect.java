package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Report;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Where the paths differ. */
interface Dialect {
    /** Those that the path has, as Elasticsearch lists them. */
    default List<String> methods() {
        return List.of("DELETE", "POST");
    }

    /** What to say before anything else. */
    void greet(RoutingContext request);

    int status(Report report);

    ObjectNode body(Report report);
}
