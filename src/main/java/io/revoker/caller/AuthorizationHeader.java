package io.revoker.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the value of an Authorization header. */
final class AuthorizationHeader {
    private static final int MAX_LENGTH = 8 * 1024;

    private AuthorizationHeader() {}

    static Credentials parse(String header) {
        if (header.isBlank()) {
            return new Credentials.None();
        }
        String[] parts = header.strip().split("[ \t]+", 2);
        Scheme scheme = Scheme.named(parts[0]);
        if (!scheme.isSupported() || parts.length < 2 || header.length() > MAX_LENGTH) {
            return new Credentials.Unusable(scheme);
        }
        List<Claim> claims =
                decoded(parts[1]).stream().flatMap(AuthorizationHeader::claims).toList();
        return claims.isEmpty() ? new Credentials.Unusable(scheme) : new Credentials.Presented(scheme, claims);
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Secret.decode(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Stream<Claim> claims(String idAndSecret) {
        int colon = idAndSecret.indexOf(':');
        if (colon < 0) {
            return Stream.empty();
        }
        String id = idAndSecret.substring(0, colon);
        String secret = idAndSecret.substring(colon + 1);
        Stream<Claim> raw = Claim.of(id, secret).stream();
        return isPlain(idAndSecret) ? raw : Stream.concat(raw, formDecoded(id, secret));
    }

    private static boolean isPlain(String idAndSecret) {
        return idAndSecret.indexOf('%') < 0 && idAndSecret.indexOf('+') < 0;
    }

    /** RFC 6749 2.3.1 has clients encode id and secret with the form encoding before they join them; most do not. */
    private static Stream<Claim> formDecoded(String id, String secret) {
        try {
            return Claim.of(URLDecoder.decode(id, UTF_8), URLDecoder.decode(secret, UTF_8)).stream();
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
