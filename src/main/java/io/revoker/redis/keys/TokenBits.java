package io.revoker.redis.keys;

import java.util.Base64;

/** Which tokens share a hash. */
final class TokenBits {
    private static final int CHARACTERS = 3;

    private TokenBits() {}

    /** The characters with which the ids of the tokens in a hash begin. */
    static String bucket(byte[] id) {
        return Base64.getUrlEncoder().encodeToString(id).substring(0, CHARACTERS);
    }
}
