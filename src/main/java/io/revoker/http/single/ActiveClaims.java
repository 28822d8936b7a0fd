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
 * registered with these very claims, by which it is identified. A token that is not a JWT has none. A claim of another
 * type than RFC 7519 gives it counts as absent, but an audience.
 */
public record ActiveClaims(JsonNode claims) {
    private static final ActiveClaims NONE = new ActiveClaims(MissingNode.getInstance());

    /** The audience of a token that is for nobody. */
    public static final List<String> NOBODY = List.of("");

    public static ActiveClaims of(String token) {
        try {
            return Jws.claims(token).map(Json::read).map(ActiveClaims::new).orElse(NONE);
        } catch (Problem unreadable) {
            return NONE;
        }
    }

    /** {@code iss}. */
    public Optional<String> issuer() {
        return text("iss");
    }

    /** {@code sub}. */
    public Optional<String> subject() {
        return text("sub");
    }

    private Optional<String> text(String name) {
        return Optional.of(claims.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /**
     * {@code aud}: one text or several; empty if there is none. If it is malformed, or a list of none, {@link #NOBODY}:
     * absent would mean everyone.
     */
    public List<String> audience() {
        JsonNode audience = claims.path("aud");
        if (audience.isMissingNode() || audience.isNull()) {
            return List.of();
        }
        List<JsonNode> all = audience.isArray() ? audience.valueStream().toList() : List.of(audience);
        return !all.isEmpty() && all.stream().allMatch(JsonNode::isTextual)
                ? all.stream().map(JsonNode::textValue).toList()
                : NOBODY;
    }

    /** {@code nbf}, in whole seconds. */
    public Optional<Long> notBefore() {
        return Optional.of(claims.path("nbf"))
                .filter(time -> time.isNumber() && time.canConvertToLong())
                .map(JsonNode::longValue);
    }
}
