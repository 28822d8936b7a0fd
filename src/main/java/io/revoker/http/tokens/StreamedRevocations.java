package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.Report;
import io.revoker.http.Json;
import io.revoker.http.ProblemDetails;
import io.revoker.http.single.RevocationMembers;
import io.revoker.http.single.RevocationReader;
import io.revoker.http.single.TokenRevocations;
import io.revoker.http.single.TokenSearch;
import io.revoker.http.tokens.LineStream.LineWork;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The revocations of one stream, each of them independent. */
record StreamedRevocations(
        TokenRevocations tokens, LineRetry patience, Caller caller, RevocationReader reader, StreamSums sums)
        implements LineWork {
    private static final String INVALIDATED = "invalidated";
    private static final String BEFORE = "previously_invalidated";
    private static final String FAILED = "failed";

    StreamedRevocations(TokenRevocations tokens, LineRetry patience, Caller caller, InstantSource time) {
        this(
                tokens,
                patience,
                caller,
                new RevocationReader(tokens, caller.realms(), time),
                new StreamSums(
                        "revocations",
                        caller,
                        List.of(INVALIDATED, BEFORE, "not_found", "invalid", FAILED),
                        StreamedRevocations::sums));
    }

    @Override
    public Future<DocumentAnswer> line(byte[] line) {
        return DocumentAnswer.of(() -> revoked(reader.read(Json.read(line))).map(StreamedRevocations::answer));
    }

    private Future<Report> revoked(RevocationReader.Named named) {
        return TokenSearch.first(
                named.targets(),
                target -> revoked(new Revoke(target, caller.realms()).from(caller.origin()), named.token()));
    }

    private Future<Report> revoked(Revoke request, String token) {
        return patience.of(() -> tokens.revoke(request, token))
                .recover(failure -> Future.failedFuture(ProblemDetails.withWhatWasDone(failure)));
    }

    private static DocumentAnswer answer(Report report) {
        ObjectNode counts = JsonNodeFactory.instance
                .objectNode()
                .put("invalidated_tokens", report.tally().invalidated())
                .put("previously_invalidated_tokens", report.tally().previouslyInvalidated());
        if (report.errorCount() > 0) {
            RevocationMembers.putErrors(counts.put("error_count", report.errorCount()), report.errors());
        }
        return new DocumentAnswer(report.outcome() == Report.Outcome.NOT_FOUND ? 404 : 200, counts);
    }

    private static Map<String, Long> sums(DocumentAnswer answer) {
        ObjectNode body = answer.body();
        return switch (answer.status()) {
            case 200 ->
                Map.of(
                        INVALIDATED,
                        body.path("invalidated_tokens").longValue(),
                        BEFORE,
                        body.path("previously_invalidated_tokens").longValue(),
                        FAILED,
                        body.path("error_count").longValue());
            case 404 -> Map.of("not_found", 1L);
            case 400, 413 -> Map.of("invalid", 1L);
            default -> Map.of(FAILED, 1L);
        };
    }
}
