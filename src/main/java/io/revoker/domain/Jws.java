package io.revoker.domain;

/** How a JWT is told from an opaque token: three parts, of which the first begins as a JSON object does (RFC 7515, section 7.1). */
final class Jws {
    private static final String AFTER_BRACE = "wxyz0123456789-_";

    private Jws() {}

    /** How long {@code header.payload} is; -1 if this is no JWT. */
    static int signedLength(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        boolean threeParts = first > 1 && last > first + 1 && token.indexOf('.', first + 1) == last;
        return threeParts && startsJsonObject(token) ? last : -1;
    }

    /** Whether the base64url text begins with an opening brace: 'e', then a character whose upper two bits are set. */
    private static boolean startsJsonObject(String base64Url) {
        return base64Url.charAt(0) == 'e' && AFTER_BRACE.indexOf(base64Url.charAt(1)) >= 0;
    }
}
