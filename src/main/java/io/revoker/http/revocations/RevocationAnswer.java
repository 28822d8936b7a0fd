package io.revoker.http.revocations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.http.Answer;
import io.revoker.http.Json;
import io.revoker.http.ProblemDetails;
import io.revoker.http.single.ReceiptWaits;
import io.revoker.http.single.ReportHeaders;
import io.revoker.http.single.RevocationMembers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to a revocation as JSON. */
public record RevocationAnswer(int status, Map<String, String> headers, ObjectNode body) {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationAnswer.class);

    static RevocationAnswer of(Report report, Map<String, String> headers) {
        return switch (report.outcome()) {
            case BEGUN ->
                new RevocationAnswer(
                        202, headers, object().put("sweep", report.stamp().toString()));
            case NOT_FOUND -> new RevocationAnswer(404, headers, counts(object(), report));
            case COUNTED, JOINED -> new RevocationAnswer(200, headers, counts(object(), report));
        };
    }

    /** The same, with the lock that came with it. */
    RevocationAnswer withLock(Lock lock) {
        ObjectNode locked = body.deepCopy();
        locked.putObject("lock")
                .put("id", lock.id().text())
                .put("until", lock.until().toString());
        return new RevocationAnswer(status, headers, locked);
    }

    /** Of a count. */
    static RevocationAnswer ofDryRun(Report report, Map<String, String> headers) {
        int status = report.outcome() == Report.Outcome.NOT_FOUND ? 404 : 200;
        return new RevocationAnswer(status, headers, counts(object().put("dry_run", true), report));
    }

    /** Of a revocation that was not carried out, or not known to be. */
    static RevocationAnswer of(Throwable failure) {
        if (!(failure instanceof Problem)) {
            LOG.error("revocation failed", failure);
        }
        Map<String, String> headers = failure instanceof Problem problem && problem.isWorthRepeating()
                ? Map.of(HttpHeaders.RETRY_AFTER.toString(), "1")
                : Map.of();
        ProblemDetails details = ProblemDetails.of(failure);
        return new RevocationAnswer(details.status(), headers, details.tree());
    }

    static RevocationAnswer refusal(int status, String detail) {
        return new RevocationAnswer(status, Map.of(), new ProblemDetails(status, detail).tree());
    }

    /**
     * Whether the same request would be answered the same way, or must not be done again: the tokens are dead, but not
     * counted, if it says 503 and not to send it again.
     */
    boolean isFinal() {
        return switch (status) {
            case 200, 202, 404 -> true;
            case 503 -> !headers.containsKey(HttpHeaders.RETRY_AFTER.toString());
            default -> false;
        };
    }

    /** The same, with what has become of it at the followers; of a revocation only. */
    Future<RevocationAnswer> awaiting(ReceiptWaits.Wait wait, Target target, Caller caller) {
        return Optional.ofNullable(headers.get(ReportHeaders.STAMP))
                .flatMap(Stamp::parse)
                .map(stamp -> wait.receipt(stamp, target, caller)
                        .map(told -> new RevocationAnswer(told.status(status), headers, told.in(body))))
                .orElseGet(() -> Future.succeededFuture(this));
    }

    void send(RoutingContext request) {
        headers.forEach(request.response()::putHeader);
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        boolean isProblem = body.has("title");
        Answer.send(
                request,
                status,
                isProblem ? "application/problem+json" : "application/json; charset=UTF-8",
                Buffer.buffer(Json.write(body)));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode counts(ObjectNode body, Report report) {
        body.put("invalidated_tokens", report.tally().invalidated())
                .put("previously_invalidated_tokens", report.tally().previouslyInvalidated())
                .put("error_count", report.errorCount());
        if (!report.errors().isEmpty()) {
            RevocationMembers.putErrors(body, report.errors());
        }
        return body;
    }
}
