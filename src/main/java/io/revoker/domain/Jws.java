package io.revoker.domain;

import java.util.Base64;
import java.util.Optional;

/** How a JWT is told from an opaque token: three parts, of which the first begins as a JSON object does (RFC 7515, section 7.1). */
public final class Jws {
    private static final String AFTER_BRACE = "wxyz0123456789-_";

    private Jws() {}

    /** How long {@code header.payload} is; -1 if this is no JWT. */
    static int signedLength(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        boolean threeParts = first > 1 && last > first + 1 && token.indexOf('.', first + 1) == last;
        return threeParts && startsJsonObject(token) ? last : -1;
    }

    /** The payload of a JWT, decoded; nothing if this is none, or if it is not base64url. */
    public static Optional<byte[]> payload(String token) {
        int signed = signedLength(token);
        if (signed < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, signed)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the base64url text begins with an opening brace: 'e', then a character whose upper two bits are set. */
    private static boolean startsJsonObject(String base64Url) {
        return base64Url.charAt(0) == 'e' && AFTER_BRACE.indexOf(base64Url.charAt(1)) >= 0;
    }
}
