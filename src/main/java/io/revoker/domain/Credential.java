package io.revoker.domain;

import java.util.regex.Pattern;

/**
 * What the authorization server states of an access token beside the facts of its grant. Each text is empty if not
 * given.
 *
 * @param jti the id that the server gave it (RFC 7519, section 4.1.7), at most 1,024 characters
 * @param jkt the thumbprint of the key that a sender of the token must prove to possess (RFC 9449, section 6.1)
 * @param x5t the thumbprint of the client certificate (RFC 8705, section 3.1)
 * @param keyId the {@code kid} of the key that signed it, if it is a JWT (RFC 7515, section 4.1.4)
 */
public record Credential(TokenType type, String jti, String jkt, String x5t, String keyId) {
    private static final Pattern SHA_256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Declared after the pattern, because its constructor is the first to use it. */
    public static final Credential UNKNOWN = new Credential(TokenType.UNKNOWN, "", "", "");

    /** Not signed, or by a key without an id. */
    public Credential(TokenType type, String jti, String jkt, String x5t) {
        this(type, jti, jkt, x5t, "");
    }

    /** The same, signed by a key. */
    public Credential signedBy(String kid) {
        return new Credential(type, jti, jkt, x5t, kid);
    }

    public Credential {
        NameRules.requireAtMost("kid", keyId, NameRules.MAX_LENGTH);
        NameRules.requireAtMost("jti", jti, NameRules.MAX_LENGTH);
        requireThumbprint("cnf.jkt", jkt);
        requireThumbprint("cnf.x5t#S256", x5t);
        if (type == TokenType.BEARER && !jkt.isEmpty()) {
            throw Problem.invalid("token_type: Bearer, with cnf.jkt (expected: DPoP)");
        }
    }

    /** Whether it is not a bearer token: the sender must also prove that it holds a key. */
    public boolean needsProof() {
        return type == TokenType.DPOP || !jkt.isEmpty();
    }

    /** Whether there is nothing to store but the type. */
    public boolean hasNoTexts() {
        return jti.isEmpty() && jkt.isEmpty() && x5t.isEmpty();
    }

    /** Whether a text is a SHA-256 in base64url. */
    public static boolean isThumbprint(String text) {
        return SHA_256.matcher(text).matches();
    }

    private static void requireThumbprint(String field, String value) {
        if (!value.isEmpty() && !isThumbprint(value)) {
            throw Problem.invalid(field + ": not a thumbprint (expected: 43 characters of base64url)");
        }
    }
}
