package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.domain.HolderFault;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.http.Json;
import io.revoker.http.ProblemDetails;
import io.revoker.http.RequestFields;
import io.revoker.http.tokens.LineStream.LineWork;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The revocations of one stream, each of them one of its own. */
record StreamedRevocations(RevokerBus bus, Patience patience, Caller caller, StreamSums sums) implements LineWork {
    private static final String INVALIDATED = "invalidated";
    private static final String BEFORE = "previously_invalidated";
    private static final String FAILED = "failed";

    StreamedRevocations(RevokerBus bus, Patience patience, Caller caller) {
        this(
                bus,
                patience,
                caller,
                new StreamSums(
                        "revocations",
                        caller,
                        List.of(INVALIDATED, BEFORE, "not_found", "invalid", FAILED),
                        StreamedRevocations::sums));
    }

    @Override
    public Future<DocumentAnswer> line(byte[] line) {
        return DocumentAnswer.of(
                () -> revoked(RevocationReader.read(Json.read(line))).map(StreamedRevocations::answer));
    }

    /** The first of them that is there. */
    private Future<Report> revoked(List<Target.OneToken> targets) {
        List<Target.OneToken> others = targets.subList(1, targets.size());
        return revoked(new Revoke(targets.get(0), caller.realms()))
                .compose(report -> report.outcome() == Report.Outcome.NOT_FOUND && !others.isEmpty()
                        ? revoked(others)
                        : Future.succeededFuture(report));
    }

    private Future<Report> revoked(Revoke request) {
        return patience.with(() -> bus.revoke(request))
                .recover(failure -> Future.failedFuture(ProblemDetails.withWhatWasDone(failure)));
    }

    private static DocumentAnswer answer(Report report) {
        ObjectNode counts = JsonNodeFactory.instance
                .objectNode()
                .put("invalidated_tokens", report.tally().invalidated())
                .put("previously_invalidated_tokens", report.tally().previouslyInvalidated());
        if (report.errorCount() > 0) {
            counts.put("error_count", report.errorCount())
                    .putArray("error_details")
                    .addAll(report.errors().stream()
                            .map(StreamedRevocations::detail)
                            .toList());
        }
        return new DocumentAnswer(report.outcome() == Report.Outcome.NOT_FOUND ? 404 : 200, counts);
    }

    /** Why it could not be invalidated, and whose it is, as far as that may be told. */
    private static ObjectNode detail(String error) {
        Optional<HolderFault> fault = HolderFault.parse(error);
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("reason", fault.map(HolderFault::reason).orElse(error));
        fault.ifPresent(its -> detail.put("holder", its.holder()));
        return detail;
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

    /** Reads which token a line of a stream of revocations names; every fault is a {@link Problem} that never repeats a token. */
    static final class RevocationReader {
        private static final String EITHER = "token";
        private static final String REFRESH = "refresh_token";
        private static final String HINT = "token_type_hint";
        private static final Set<String> FIELDS = Set.of(EITHER, REFRESH, HINT);

        private RevocationReader() {}

        /**
         * What it may be, one after the other: a token is looked for under both kinds, whatever the hint says (RFC 7009, section 2.1). The hint only says
         * which one is first.
         */
        static List<Target.OneToken> read(JsonNode line) {
            RequestFields fields = new RequestFields(line, FIELDS);
            Optional<String> token = fields.text(EITHER);
            Optional<String> refresh = fields.text(REFRESH);
            Optional<String> hint = fields.text(HINT);
            if (token.isPresent() && refresh.isPresent()) {
                throw Problem.invalid("token, refresh_token: both given (expected: one of them)");
            }
            return token.map(TokenId::of)
                    .map(id -> hint.equals(Optional.of(REFRESH))
                            ? targets(id, TokenKind.REFRESH, TokenKind.ACCESS)
                            : targets(id, TokenKind.ACCESS, TokenKind.REFRESH))
                    .or(() -> refresh.map(text -> targets(TokenId.of(text), TokenKind.REFRESH)))
                    .orElseThrow(() -> Problem.invalid("token, refresh_token: both missing (expected: one of them)"));
        }

        private static List<Target.OneToken> targets(TokenId id, TokenKind... kinds) {
            return List.of(kinds).stream()
                    .map(kind -> new Target.OneToken(kind, id))
                    .toList();
        }
    }
}
