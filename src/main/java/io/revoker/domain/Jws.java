package io.revoker.domain;

import java.util.Base64;
import java.util.Optional;

/**
 * Distinguishes a JWT from an opaque token: it has three parts, of which the first begins like a JSON object (RFC
 * 7515, section 7.1).
 */
public final class Jws {
    private static final String AFTER_BRACE = "wxyz0123456789-_";

    private Jws() {}

    /** The length of {@code header.payload}; -1 if this is not a JWT. */
    static int signedLength(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        boolean threeParts = first > 1 && last > first + 1 && token.indexOf('.', first + 1) == last;
        return threeParts && startsJsonObject(token) ? last : -1;
    }

    /** The header of a JWT, decoded; empty if this is not a JWT, or not base64url. */
    public static Optional<byte[]> header(String token) {
        return part(token, 0, token.indexOf('.'));
    }

    /** The payload of a JWT, decoded; empty if this is not a JWT, or not base64url. */
    public static Optional<byte[]> payload(String token) {
        return part(token, token.indexOf('.') + 1, signedLength(token));
    }

    /**
     * The same if it begins an object, as claims do: what has none is anybody's. A byte order mark before it is not
     * allowed (RFC 8259, section 8.1); some verifiers read it all the same.
     */
    public static Optional<byte[]> claims(String token) {
        return payload(token).filter(Jws::beginsAnObject);
    }

    /** Whether a JSON object of UTF-8 begins here, or after blanks and control characters. */
    public static boolean beginsAnObject(byte[] payload) {
        int first = 0;
        while (first < payload.length && (payload[first] & 0xff) <= ' ') {
            first++;
        }
        return first < payload.length && payload[first] == '{';
    }

    private static Optional<byte[]> part(String token, int begin, int end) {
        if (signedLength(token) < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(token.substring(begin, end)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the base64url text begins with an opening brace: 'e', then a character whose upper two bits are set. */
    private static boolean startsJsonObject(String base64Url) {
        return base64Url.charAt(0) == 'e' && AFTER_BRACE.indexOf(base64Url.charAt(1)) >= 0;
    }
}
