package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Report;
import io.vertx.ext.web.RoutingContext;

/** Where the two paths differ. */
interface Dialect {
    /** What to say before anything else. */
    void greet(RoutingContext request);

    int status(Report report);

    ObjectNode body(Report report);
}
