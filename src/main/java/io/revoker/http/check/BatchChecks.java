package io.revoker.http.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.caller.Caller;
import io.revoker.config.CheckConfig;
import io.revoker.config.Configuration;
import io.revoker.domain.Problem;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import io.revoker.http.BulkQueue;
import io.revoker.http.InFlightLimit;
import io.revoker.http.Json;
import io.revoker.http.RequestFields;
import io.revoker.http.TokenFacts;
import io.revoker.http.VisibleKinds;
import io.revoker.http.check.SlicedChecks.BatchQuestion;
import io.revoker.http.single.TokenChecks;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Which of some tokens are active, in JSON. They are sent to the store in slices. All of them are answered, or none: a
 * caller that got a part of an answer might treat the missing tokens as active or as dead.
 */
public final class BatchChecks {
    private final InFlightLimit inFlight;
    private final SlicedChecks checks;
    private final Supplier<CheckConfig> limits;

    /**
     * Creates it for one event loop.
     *
     * @param limits the current limits, read with every request
     */
    public BatchChecks(
            TokenChecks checks, InFlightLimit inFlight, Configuration configuration, Supplier<CheckConfig> limits) {
        this.inFlight = inFlight;
        this.checks = new SlicedChecks(
                checks,
                BulkQueue.ofChecks(configuration.redis().maxInFlight(), inFlight.priority()),
                configuration.http().requestTimeout());
        this.limits = limits;
    }

    /** Fails with a {@link Problem}. */
    public Future<Buffer> answer(byte[] body, Caller caller) {
        return Future.succeededFuture(body)
                .map(bytes -> question(bytes, caller))
                .compose(question -> inFlight.weighing(question.size(), () -> checks.ask(question, BatchChecks::part)))
                .map(BatchCheckBody::of);
    }

    private BatchQuestion question(byte[] body, Caller caller) {
        BatchCheckReader.Batch batch = new BatchCheckReader(limits.get().maxBatch()).read(body);
        return new BatchQuestion(batch.tokens(), caller.realms(), VisibleKinds.to(caller, batch.hint()));
    }

    private static byte[] part(List<CheckOutcome> outcomes) {
        return BatchCheckBody.part(outcomes.stream().map(BatchChecks::verdict).toList());
    }

    private static Verdict verdict(CheckOutcome outcome) {
        return outcome.match(CheckOutcome.Decided::verdict, undecided -> {
            throw undecided.problem();
        });
    }

    /**
     * Reads the body of a batch of checks; every error is a {@link Problem} that has the position and never quotes a
     * token.
     *
     * @param most tokens in one batch
     */
    record BatchCheckReader(int most) {
        private static final String TOKENS = "tokens";
        private static final String HINT = "token_type_hint";
        private static final Set<String> FIELDS = Set.of(TOKENS, HINT);

        /** @param tokens in the order of the body */
        record Batch(List<String> tokens, Optional<String> hint) {
            @Override
            public String toString() {
                return "Batch[tokens=" + tokens.size() + "]";
            }
        }

        Batch read(byte[] body) {
            RequestFields fields = new RequestFields(Json.read(body), FIELDS);
            return new Batch(tokens(fields), fields.text(HINT));
        }

        private List<String> tokens(RequestFields fields) {
            JsonNode tokens = fields.get(TOKENS)
                    .orElseThrow(() -> Problem.invalid("tokens: missing (expected: an array of strings)"));
            if (!tokens.isArray()) {
                throw Problem.invalid("tokens: not an array of strings");
            }
            if (tokens.isEmpty() || tokens.size() > most) {
                throw Problem.invalid("tokens: " + tokens.size() + " (expected: 1 to " + most + ")");
            }
            return IntStream.range(0, tokens.size())
                    .mapToObj(i -> RequestFields.text("tokens[" + i + "]", tokens.get(i)))
                    .toList();
        }
    }

    /**
     * The answer to a batch of checks. For each token it has what {@code /v1/check} returns in headers, and the kind,
     * as introspection does.
     */
    static final class BatchCheckBody {
        private BatchCheckBody() {}

        /** The verdicts on some tokens: an array. */
        static byte[] part(List<Verdict> verdicts) {
            return Json.write(JsonNodeFactory.instance
                    .arrayNode()
                    .addAll(verdicts.stream().map(BatchCheckBody::check).toList()));
        }

        /** The body, made of parts that are not empty. */
        static Buffer of(List<byte[]> parts) {
            Buffer body = Buffer.buffer("{\"checks\":");
            String before = "[";
            for (byte[] part : parts) {
                body.appendString(before).appendBytes(part, 1, part.length - 2);
                before = ",";
            }
            return body.appendString("]}");
        }

        private static ObjectNode check(Verdict verdict) {
            ObjectNode check = JsonNodeFactory.instance.objectNode();
            return switch (verdict.status()) {
                case ACTIVE -> describe(verdict.token().orElseThrow(), check.put("active", true));
                case INVALIDATED -> check.put("active", false).put("reason", "revoked");
                case UNKNOWN -> check.put("active", false).put("reason", "unknown or expired");
                case OTHER_KIND -> check.put("active", false).put("reason", "not an access token");
            };
        }

        private static ObjectNode describe(Token token, ObjectNode check) {
            check.put("realm_name", token.holder().realm().value())
                    .put("username", token.holder().user().value());
            TokenFacts.putClient(token, check);
            TokenFacts.putScope(token, check);
            TokenFacts.putUse(token, check);
            return check.put("exp", token.expiresAt().getEpochSecond());
        }
    }
}
