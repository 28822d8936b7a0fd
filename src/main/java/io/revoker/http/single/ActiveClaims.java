package io.revoker.http.single;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.revoker.domain.Jws;
import io.revoker.domain.Problem;
import io.revoker.http.Json;
import java.util.List;
import java.util.Optional;

/**
 * The claims of an active token as it was shown. They are the issuer's: either its signature was verified, or it was
 * registered with these very claims, by which it is identified. A token that is not a JWT has none, and a claim of
 * another type than RFC 7519 gives it counts as absent.
 */
public record ActiveClaims(JsonNode claims) {
    private static final ActiveClaims NONE = new ActiveClaims(MissingNode.getInstance());

    public static ActiveClaims of(String token) {
        try {
            return Jws.payload(token).map(Json::read).map(ActiveClaims::new).orElse(NONE);
        } catch (Problem unreadable) {
            return NONE;
        }
    }

    /** {@code iss}. */
    public Optional<String> issuer() {
        return Optional.of(claims.path("iss")).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** {@code aud}: one text or several; empty if there is none. */
    public List<String> audience() {
        JsonNode audience = claims.path("aud");
        List<JsonNode> all = audience.isArray() ? audience.valueStream().toList() : List.of(audience);
        return all.stream().allMatch(JsonNode::isTextual)
                ? all.stream().map(JsonNode::textValue).toList()
                : List.of();
    }

    /** {@code nbf}, in whole seconds. */
    public Optional<Long> notBefore() {
        return Optional.of(claims.path("nbf"))
                .filter(time -> time.isNumber() && time.canConvertToLong())
                .map(JsonNode::longValue);
    }
}
