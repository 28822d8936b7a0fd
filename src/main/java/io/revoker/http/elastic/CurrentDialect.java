package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Report;
import io.vertx.ext.web.RoutingContext;

/**
 * The path of 7.0 and later.
 *
 * @param unknownTokenStatus 404 since 7.7; high level clients of 7.0 to 7.7 digest only 200
 */
record CurrentDialect(int unknownTokenStatus) implements Dialect {
    @Override
    public void greet(RoutingContext request) {}

    @Override
    public int status(Report report) {
        return report.outcome() != Report.Outcome.NOT_FOUND ? 200 : unknownTokenStatus;
    }

    @Override
    public ObjectNode body(Report report) {
        return InvalidationBody.of(report);
    }
}
