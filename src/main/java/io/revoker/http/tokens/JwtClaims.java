package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.revoker.domain.Jws;
import io.revoker.domain.Problem;
import io.revoker.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a JWT says of itself. Nobody has verified it, and it decides nothing: it stands for fields that its registration leaves out. What is no JWT, or
 * one whose payload is no JSON object, says nothing. An object that can't be read is a {@link Problem}: whoever verifies the token may read another
 * expiry there, or a key. A claim that is null is none.
 *
 * @param field of the registration that has the token
 */
record JwtClaims(String field, JsonNode payload) {
    static final JwtClaims NONE = new JwtClaims("", MissingNode.getInstance());

    private static final String BYTE_ORDER_MARK = "\ufeff";
    /** The bytes of UTF-16 or UTF-32, whichever comes first of each character, with a mark or without. */
    private static final Pattern OTHER_UNICODE = Pattern.compile("[\\x00\\xfe\\xff\\s]++\\{");

    /** Fails if one of its times is none, even where a field stands for it. */
    static JwtClaims of(String field, String token) {
        JwtClaims claims = Jws.payload(token)
                .filter(JwtClaims::isObject)
                .map(payload -> new JwtClaims(field, read(field, payload)))
                .orElse(NONE);
        List.of("exp", "iat", "nbf").forEach(claims::seconds);
        return claims;
    }

    /** Also if it is written in another form of Unicode than it may be (RFC 8259, section 8.1): that can't be read. */
    private static boolean isObject(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return text.replace(BYTE_ORDER_MARK, "").stripLeading().startsWith("{")
                || OTHER_UNICODE
                        .matcher(new String(payload, StandardCharsets.ISO_8859_1))
                        .lookingAt();
    }

    private static JsonNode read(String field, byte[] payload) {
        try {
            return Json.read(payload);
        } catch (Problem unreadable) {
            throw Problem.invalid(
                    field + ": claims that can't be read (expected: a JSON object, each name in it once)");
        }
    }

    /** A text of at least one character; of another type it is none. */
    Optional<String> text(String claim) {
        return Optional.of(payload.path(claim))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }

    /** The key that the token is bound to (RFC 7800, section 3.1). */
    Confirmation confirmation() {
        JsonNode value = payload.path("cnf");
        return isAbsent(value) ? Confirmation.NONE : Confirmation.ofClaim(field, value);
    }

    /** A NumericDate (RFC 7519, section 2), without its fraction. */
    OptionalLong seconds(String claim) {
        JsonNode value = payload.path(claim);
        if (isAbsent(value)) {
            return OptionalLong.empty();
        }
        if (!value.isNumber() || !value.canConvertToLong() || value.doubleValue() < 0) {
            throw Problem.invalid(field + ": its " + claim + " is no time (expected: a number of seconds since 1970)");
        }
        return OptionalLong.of(value.longValue());
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
