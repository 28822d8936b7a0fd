package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Report;
import io.revoker.domain.store.HolderProblem;

/** The answer to an invalidation. */
final class InvalidationBody {
    private InvalidationBody() {}

    static ObjectNode of(Report report) {
        return addCounts(JsonNodeFactory.instance.objectNode(), report);
    }

    /** With the field that clients of 6.6 to 6.8 require, for the {@code _xpack} path. */
    static ObjectNode withCreated(Report report) {
        boolean created = report.tally().invalidated() > 0
                && report.tally().previouslyInvalidated() == 0
                && report.errors().isEmpty();
        return addCounts(JsonNodeFactory.instance.objectNode().put("created", created), report);
    }

    /** The tokens are dead, but not counted yet. */
    static ObjectNode begun(Report report) {
        return JsonNodeFactory.instance.objectNode().put("sweep", report.stamp().toString());
    }

    private static ObjectNode addCounts(ObjectNode body, Report report) {
        body.put("invalidated_tokens", report.tally().invalidated())
                .put("previously_invalidated_tokens", report.tally().previouslyInvalidated())
                .put("error_count", report.errorCount());
        if (!report.errors().isEmpty()) {
            addDetails(body.putArray("error_details"), report);
        }
        return body;
    }

    private static void addDetails(ArrayNode details, Report report) {
        report.errors()
                .forEach(line -> HolderProblem.parse(line)
                        .ifPresentOrElse(
                                error -> addDetail(details, error),
                                () -> details.addObject()
                                        .put("type", "exception")
                                        .put("reason", line)));
    }

    private static void addDetail(ArrayNode details, HolderProblem error) {
        details.addObject()
                .put("type", "exception")
                .put("reason", "Error invalidating tokens of holder [" + error.holder() + "]")
                .put("holder", error.holder())
                .putObject("caused_by")
                .put("type", "store_exception")
                .put("reason", error.reason());
    }
}
