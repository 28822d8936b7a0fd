package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.revoker.domain.Jws;
import io.revoker.domain.Problem;
import io.revoker.domain.Selector;
import io.revoker.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The claims of a JWT. They are not verified and decide nothing: they fill in fields that the registration leaves out.
 * A token that is not a JWT, or whose payload is not a JSON object, has none. An object that can't be parsed is a
 * {@link Problem}: a verifier of the token might read another expiry there, or a key. A null claim counts as absent.
 *
 * @param field of the registration that has the token
 */
record JwtClaims(String field, JsonNode payload) {
    static final JwtClaims NONE = new JwtClaims("", MissingNode.getInstance());

    private static final String BYTE_ORDER_MARK = "\ufeff";
    /** The beginning of an object in UTF-16 or UTF-32, in either byte order, with a byte order mark or without. */
    private static final Pattern OTHER_UNICODE = Pattern.compile("[\\x00\\xfe\\xff\\s]++\\{");

    /** Fails if one of its times is malformed, even if a field of the registration replaces it. */
    static JwtClaims of(String field, String token) {
        JwtClaims claims = Jws.payload(token)
                .flatMap(payload -> read(field, payload))
                .map(object -> new JwtClaims(field, object))
                .orElse(NONE);
        List.of("exp", "iat", "nbf").forEach(claims::seconds);
        return claims;
    }

    /** The {@code kid} of the header of a JWT; empty if there is none by which its tokens could be revoked. */
    static Optional<String> keyId(String token) {
        try {
            return Jws.header(token)
                    .map(Json::read)
                    .map(header -> header.path("kid"))
                    .filter(JsonNode::isTextual)
                    .flatMap(kid -> Selector.usable(Selector.By.KEY, kid.textValue()));
        } catch (Problem unfit) {
            return Optional.empty();
        }
    }

    /** The session that it is of by a claim; empty if there is none by which its tokens could be revoked. */
    Optional<String> session(String claim) {
        return text(claim).flatMap(sid -> Selector.usable(Selector.By.SESSION, sid));
    }

    /** Empty if it is no object for any verifier. */
    private static Optional<JsonNode> read(String field, byte[] payload) {
        Optional<JsonNode> object = Jws.beginsAnObject(payload) ? parsed(payload) : Optional.empty();
        if (object.isEmpty() && mayBeReadAsObject(payload)) {
            throw Problem.invalid(
                    field + ": claims that can't be read (expected: a JSON object, each name in it once)");
        }
        return object;
    }

    private static Optional<JsonNode> parsed(byte[] object) {
        try {
            return Optional.of(Json.read(object));
        } catch (Problem unreadable) {
            return Optional.empty();
        }
    }

    /**
     * By a verifier that is less strict: behind a byte order mark, or in another form of Unicode than the allowed one
     * (RFC 8259, section 8.1), too.
     */
    private static boolean mayBeReadAsObject(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return text.replace(BYTE_ORDER_MARK, "").stripLeading().startsWith("{")
                || OTHER_UNICODE
                        .matcher(new String(payload, StandardCharsets.ISO_8859_1))
                        .lookingAt();
    }

    /** A text of at least one character; a claim of another type counts as absent. */
    Optional<String> text(String claim) {
        return Optional.of(payload.path(claim))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }

    /** The key that the token is bound to (RFC 7800, section 3.1). */
    KeyBinding confirmation() {
        JsonNode value = payload.path("cnf");
        return isAbsent(value) ? KeyBinding.NONE : KeyBinding.ofClaim(field, value);
    }

    /** A NumericDate (RFC 7519, section 2), without its fraction. */
    OptionalLong seconds(String claim) {
        JsonNode value = payload.path(claim);
        if (isAbsent(value)) {
            return OptionalLong.empty();
        }
        if (!value.isNumber() || !value.canConvertToLong() || value.doubleValue() < 0) {
            throw Problem.invalid(
                    field + ": its " + claim + " is not a time (expected: a number of seconds since 1970)");
        }
        return OptionalLong.of(value.longValue());
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
