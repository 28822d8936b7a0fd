package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Credential;
import io.revoker.domain.Problem;
import io.revoker.http.RequestFields;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The key that an access token is bound to (RFC 7800, section 3.1), by one thumbprint or two. A binding that is not
 * understood is refused: without it the token would be a bearer token, which a thief could use.
 *
 * @param jkt of a key for DPoP; empty if there is none
 * @param x5t of a client certificate; empty if there is none
 */
record KeyBinding(String jkt, String x5t) {
    static final KeyBinding NONE = new KeyBinding("", "");

    private static final String JKT = "jkt";
    private static final String X5T = "x5t#S256";

    static KeyBinding ofField(JsonNode value) {
        RequestFields members = new RequestFields("cnf", value, Set.of(JKT, X5T));
        return new KeyBinding(members.text(JKT).orElse(""), members.text(X5T).orElse(""))
                .named("cnf: no key (expected: jkt or x5t#S256)");
    }

    /** Unknown members are ignored if there is a known one. */
    static KeyBinding ofClaim(String token, JsonNode value) {
        if (!value.isObject()) {
            throw Problem.invalid(token + ": its cnf is not an object but "
                    + value.getNodeType().name().toLowerCase(Locale.ROOT) + " (expected: a JSON object)");
        }
        return new KeyBinding(thumbprint(token, JKT, value), thumbprint(token, X5T, value))
                .named(token + ": its cnf has no supported key (expected: jkt or x5t#S256, or the field cnf)");
    }

    private KeyBinding named(String otherwise) {
        if (equals(NONE)) {
            throw Problem.invalid(otherwise);
        }
        return this;
    }

    private static String thumbprint(String token, String member, JsonNode confirmation) {
        JsonNode value = confirmation.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return Optional.ofNullable(value.textValue())
                .filter(Credential::isThumbprint)
                .orElseThrow(() -> Problem.invalid(
                        token + ": its cnf." + member + " is not a thumbprint (expected: 43 characters of base64url)"));
    }
}
