package io.revoker.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import java.util.List;

/** The answer to a batch of checks. Says of each token what {@code /v1/check} says in headers, and of which kind it is, as introspection does. */
final class BatchCheckBody {
    private BatchCheckBody() {}

    static ObjectNode of(List<Verdict> verdicts) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("checks")
                .addAll(verdicts.stream().map(BatchCheckBody::check).toList());
        return body;
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
