package io.revoker.http.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Credential;
import io.revoker.domain.Problem;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import io.revoker.http.Json;
import io.revoker.http.RequestFields;
import io.revoker.http.single.ActiveClaims;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A question of Kubernetes. What else is in the object is not looked at: an API server also sends metadata and an empty
 * status.
 *
 * @param apiVersion that it was written in, and the answer must be
 * @param audiences of who asks; empty for those of the API server, which nothing here knows
 */
record TokenReview(String apiVersion, String token, List<String> audiences) {
    private static final Set<String> VERSIONS = Set.of("authentication.k8s.io/v1", "authentication.k8s.io/v1beta1");
    private static final String KIND = "TokenReview";

    /** Kubernetes grants privileges to the names of its own parts, which begin with this. */
    private static final String RESERVED = "system:";

    private static final String EXTRA = "revoker.io/";

    /** An API server asks for those of {@code --api-audiences}, or for those that a client of it named. */
    private static final int MOST_AUDIENCES = 64;

    TokenReview {
        audiences = List.copyOf(audiences);
    }

    /** Every error is a {@link Problem} that has the position and never quotes the token. */
    static TokenReview read(byte[] body) {
        JsonNode review = Json.read(body);
        String version = review.path("apiVersion").asText();
        if (!VERSIONS.contains(version)) {
            throw Problem.invalid("apiVersion: not supported (expected: authentication.k8s.io/v1 or v1beta1)");
        }
        if (!review.path("kind").asText().equals(KIND)) {
            throw Problem.invalid("kind: not supported (expected: " + KIND + ")");
        }
        return new TokenReview(
                version,
                RequestFields.text("spec.token", review.at("/spec/token")),
                audiences(review.at("/spec/audiences")));
    }

    private static List<String> audiences(JsonNode listed) {
        if (!listed.isArray() && !listed.isMissingNode() && !listed.isNull()) {
            throw Problem.invalid("spec.audiences: not a list (expected: one of texts)");
        }
        if (listed.size() > MOST_AUDIENCES) {
            throw Problem.invalid("spec.audiences: too many (expected: at most " + MOST_AUDIENCES + ")");
        }
        return listed.valueStream()
                .map(each -> RequestFields.text("spec.audiences", each))
                .toList();
    }

    ObjectNode answer(Verdict verdict) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", apiVersion)
                .put("kind", KIND);
        // The object must have one. That of the question would carry the token back.
        answer.putObject("spec");
        ObjectNode status = answer.putObject("status");
        Optional<Token> active = verdict.token().filter(TokenReview::isForKubernetes);
        List<String> meant =
                active.map(known -> ActiveClaims.of(token).audience()).orElse(List.of());
        List<String> common = audiences.stream().filter(meant::contains).toList();
        Optional<Token> accepted = active.filter(known -> meant.isEmpty() || !common.isEmpty());
        status.put("authenticated", accepted.isPresent());
        accepted.ifPresent(known -> {
            describe(known, status.putObject("user"));
            putAudiences(common, status);
        });
        return answer;
    }

    /** None says that it is meant for the API server. So it is with a token that does not say for whom it is meant. */
    private static void putAudiences(List<String> common, ObjectNode status) {
        if (!common.isEmpty()) {
            ArrayNode listed = status.putArray("audiences");
            common.forEach(listed::add);
        }
    }

    /** An API server can't verify the proof that the sender of a bound token has to give. */
    private static boolean isForKubernetes(Token token) {
        Credential credential = token.facts().credential();
        boolean bound = credential.needsProof() || !credential.x5t().isEmpty();
        return !bound && !token.holder().user().value().startsWith(RESERVED);
    }

    private static void describe(Token token, ObjectNode user) {
        user.put("username", token.holder().user().value());
        ObjectNode extra = user.putObject("extra");
        extra.putArray(EXTRA + "realm").add(token.holder().realm().value());
        if (!token.facts().clientId().isEmpty()) {
            extra.putArray(EXTRA + "client").add(token.facts().clientId());
        }
        if (!token.facts().scope().isEmpty()) {
            ArrayNode scopes = extra.putArray(EXTRA + "scope");
            for (String scope : token.facts().scope().split(" ", -1)) {
                scopes.add(scope);
            }
        }
    }

    @Override
    public String toString() {
        return "TokenReview[apiVersion=" + apiVersion + "]";
    }
}
