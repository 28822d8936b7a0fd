package io.revoker.http.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import io.revoker.http.Json;
import io.revoker.http.TokenFacts;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The answer to a batch of checks. Says of each token what {@code /v1/check} says in headers, and of which kind it is, as introspection does. */
final class BatchCheckBody {
    private BatchCheckBody() {}

    /** What is said of some tokens: an array. */
    static byte[] part(List<Verdict> verdicts) {
        return Json.write(JsonNodeFactory.instance
                .arrayNode()
                .addAll(verdicts.stream().map(BatchCheckBody::check).toList()));
    }

    /** The body, of parts that are not empty. */
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
