package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Problem;
import io.revoker.http.Json;
import io.revoker.http.ProblemDetails;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one document, or to one line of a stream of them: its status, and the result or the reason of a
 * failure.
 */
record DocumentAnswer(int status, ObjectNode body) {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentAnswer.class);

    /** The answer of some work; a failure becomes an answer too. */
    static Future<DocumentAnswer> of(Supplier<Future<DocumentAnswer>> work) {
        try {
            return work.get().otherwise(DocumentAnswer::failed);
        } catch (RuntimeException | Error problem) {
            return Future.succeededFuture(failed(problem));
        }
    }

    static DocumentAnswer problem(int status, String detail) {
        return new DocumentAnswer(status, new ProblemDetails(status, detail).tree());
    }

    String contentType() {
        return status < 300 ? "application/json; charset=UTF-8" : "application/problem+json";
    }

    /** As a line: the status before everything else. */
    byte[] line() {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("status", status);
        return Json.write(line.setAll(body));
    }

    /** The answer of work that failed. If it was a bug in Revoker, it is logged in full. */
    static DocumentAnswer failed(Throwable failure) {
        if (!(failure instanceof Problem)) {
            LOG.error("document failed", failure);
        }
        ProblemDetails problem = ProblemDetails.of(failure);
        return new DocumentAnswer(problem.status(), problem.tree());
    }
}
