package io.revoker.http.tokens;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Creates opaque tokens: a prefix, 256 random bits as 43 characters of base64url, and 6 characters of checksum. By
 * prefix and checksum a secret scanner knows a token that leaked from a text that only looks like one, without asking
 * anyone. The checksum proves nothing: anyone can compute it.
 */
public final class TokenMint {
    private static final int BYTES = 32;
    /** Of {@value #BYTES} bytes in base64url. */
    private static final int SECRET_LENGTH = 43;

    private static final int CHECK_LENGTH = 6;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    /** Whether a text has the form of a minted token, with any prefix, and its checksum. */
    public static boolean looksMinted(String text) {
        int end = text.length() - CHECK_LENGTH;
        int begin = end - SECRET_LENGTH;
        return begin >= 0 && text.substring(end).equals(checksum(text.substring(begin, end)));
    }

    String mint(String prefix) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return prefix + text + checksum(text);
    }

    /** The CRC-32 of the characters, in base 62, the most significant digit first. */
    private static String checksum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECK_LENGTH];
        long rest = sum.getValue();
        for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
