package io.revoker.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What Revoker knows a token by: the first 128 bits of a SHA-256, so that no token can be recovered from anything that is stored.
 *
 * <p>The hash is taken of the whole string of an opaque token, and of {@code header.payload} of a JWT: a signature can be re-encoded into a
 * different string that still verifies, the part it signs cannot (RFC 7515, section 5.1).
 *
 * @param value 22 characters of base64url without padding
 */
public record TokenId(String value) {
    private static final int BYTES = 16;
    private static final int LENGTH = 22;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(TokenId::sha256);
    private static final String AFTER_BRACE = "wxyz0123456789-_";

    public TokenId {
        if (value.length() != LENGTH) {
            throw Problem.invalid("token id: " + value.length() + " characters (expected: " + LENGTH + ")");
        }
    }

    public static TokenId of(String token) {
        byte[] digest = SHA_256.get().digest(identifyingPart(token).getBytes(StandardCharsets.UTF_8));
        return new TokenId(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES)));
    }

    /** The 16 bytes behind the text. */
    public byte[] bytes() {
        return Base64.getUrlDecoder().decode(value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String identifyingPart(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        boolean threeParts = first > 1 && last > first + 1 && token.indexOf('.', first + 1) == last;
        return threeParts && startsJsonObject(token) ? token.substring(0, last) : token;
    }

    /** Whether the base64url text begins with an opening brace: 'e', then a character whose upper two bits are set. */
    private static boolean startsJsonObject(String base64Url) {
        return base64Url.charAt(0) == 'e' && AFTER_BRACE.indexOf(base64Url.charAt(1)) >= 0;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
