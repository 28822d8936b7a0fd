package io.revoker.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Requests that differ only in the number of their token, which always has the same number of digits. */
record Template(String before, String after) {
    static final int DIGITS = 8;

    Buffer numbered(int number) {
        byte[] digits = new byte[DIGITS];
        for (int i = DIGITS - 1, rest = number; i >= 0; i--, rest /= 10) {
            digits[i] = (byte) ('0' + rest % 10);
        }
        return Buffer.buffer(before.length() + DIGITS + after.length())
                .appendBytes(before.getBytes(StandardCharsets.ISO_8859_1))
                .appendBytes(digits)
                .appendString(after);
    }
}
