package io.revoker.domain;

import java.util.regex.Pattern;

/**
 * What the authorization server says of an access token beside the facts of its grant. Each text is empty if not given.
 *
 * @param jti the id that the server gave it (RFC 7519, section 4.1.7), at most 1,024 characters
 * @param jkt the thumbprint of the key whose possession it has to be shown with (RFC 9449, section 6.1)
 * @param x5t that of the client certificate (RFC 8705, section 3.1)
 */
public record Credential(TokenType type, String jti, String jkt, String x5t) {
    private static final Pattern SHA_256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Behind the pattern: it is the first to be held against it. */
    public static final Credential UNKNOWN = new Credential(TokenType.UNKNOWN, "", "", "");

    public Credential {
        Names.requireAtMost("jti", jti, Names.MAX_LENGTH);
        requireThumbprint("cnf.jkt", jkt);
        requireThumbprint("cnf.x5t#S256", x5t);
        if (type == TokenType.BEARER && !jkt.isEmpty()) {
            throw Problem.invalid("token_type: Bearer, with cnf.jkt (expected: DPoP)");
        }
    }

    /** Whether it is no bearer token: whoever shows it must also prove that it holds a key. */
    public boolean needsProof() {
        return type == TokenType.DPOP || !jkt.isEmpty();
    }

    /** Whether there is nothing to tell but the type. */
    public boolean hasNoTexts() {
        return jti.isEmpty() && jkt.isEmpty() && x5t.isEmpty();
    }

    /** Whether a text is a SHA-256 in base64url. */
    public static boolean isThumbprint(String text) {
        return SHA_256.matcher(text).matches();
    }

    private static void requireThumbprint(String field, String value) {
        if (!value.isEmpty() && !isThumbprint(value)) {
            throw Problem.invalid(field + ": no thumbprint (expected: 43 characters of base64url)");
        }
    }
}
