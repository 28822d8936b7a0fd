package io.revoker.http.tokens;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes opaque tokens of 256 random bits behind a prefix that secret scanners can look for. */
final class TokenMint {
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    String mint(String prefix) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
