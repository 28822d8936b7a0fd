package io.revoker.redis.keys;

import io.revoker.domain.UserName;
import io.revoker.domain.store.MarkId;
import java.util.Base64;

/**
 * Of the 64 bits of a user's hash, the first 18 select the index set of the user's realms, and the next 24 are the
 * prefix of the user's members in it.
 */
final class UserBits {
    private static final int BUCKET = 18;
    private static final int PREFIX = 24;

    private UserBits() {}

    static long bucket(UserName user) {
        return MarkId.ofUser(user) >>> (Long.SIZE - BUCKET);
    }

    /** Four characters. */
    static String prefix(UserName user) {
        int bits = (int) (MarkId.ofUser(user) << BUCKET >>> (Long.SIZE - PREFIX));
        byte[] bytes = {(byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
