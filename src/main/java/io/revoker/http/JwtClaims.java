package io.revoker.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.revoker.domain.Credential;
import io.revoker.domain.Jws;
import io.revoker.domain.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a JWT says of itself. Nobody has verified it, and it decides nothing: it stands for fields that its registration leaves out. What is no JWT, or
 * one whose payload is no JSON object, says nothing; nor does a claim of another type than RFC 7519 gives it.
 */
record JwtClaims(JsonNode payload) {
    static final JwtClaims NONE = new JwtClaims(MissingNode.getInstance());

    static JwtClaims of(String token) {
        try {
            return Jws.payload(token)
                    .map(Json::read)
                    .filter(JsonNode::isObject)
                    .map(JwtClaims::new)
                    .orElse(NONE);
        } catch (Problem noJson) {
            return NONE;
        }
    }

    /** A text of one character to that many. */
    Optional<String> text(String claim, int longest) {
        return text(payload.path(claim), longest);
    }

    /** A member of the confirmation claim (RFC 7800, section 3.1): a thumbprint. */
    Optional<String> confirmation(String member) {
        return text(payload.path("cnf").path(member), 43).filter(Credential::isThumbprint);
    }

    /** A NumericDate, without its fraction. */
    OptionalLong seconds(String claim) {
        JsonNode value = payload.path(claim);
        return value.isNumber() && value.canConvertToLong() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    private static Optional<String> text(JsonNode value, int longest) {
        return Optional.of(value)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank() && text.length() <= longest)
                .filter(StandardCharsets.UTF_8.newEncoder()::canEncode);
    }
}
