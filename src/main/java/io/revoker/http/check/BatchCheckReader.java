package io.revoker.http.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.http.Json;
import io.revoker.http.RequestFields;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads the body of a batch of checks; every fault is a {@link Problem} that says where it is and never repeats a token.
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
