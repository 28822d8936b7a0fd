package io.revoker.http.statuslists;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;

/**
 * One bit for each index, 0 for valid and 1 for invalid, packed from the least significant bit of each byte (sections
 * 4.1 and 7.1).
 */
final class StatusBits {
    /** Of each status. */
    static final int EACH = 1;

    private final byte[] bytes;

    StatusBits(int size) {
        this.bytes = new byte[(size + Byte.SIZE - 1) / Byte.SIZE];
    }

    boolean isSet(int index) {
        return (bytes[index / Byte.SIZE] & 1 << index % Byte.SIZE) != 0;
    }

    void set(int index) {
        bytes[index / Byte.SIZE] |= (byte) (1 << index % Byte.SIZE);
    }

    void clear() {
        Arrays.fill(bytes, (byte) 0);
    }

    byte[] copy() {
        return bytes.clone();
    }

    /** DEFLATE in the zlib format, in base64url (section 4.2). Takes milliseconds: not for an event loop. */
    static String compressed(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(deflated(bytes));
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            while (!deflater.finished()) {
                out.write(some, 0, deflater.deflate(some));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
