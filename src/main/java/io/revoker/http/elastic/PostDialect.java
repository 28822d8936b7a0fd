package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Report;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * A path of our own for clients that can't send a body with {@code DELETE}.
 *
 * @param answers how it answers otherwise
 */
record PostDialect(Dialect answers) implements Dialect {
    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public void greet(RoutingContext request) {
        answers.greet(request);
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
