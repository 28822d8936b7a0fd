package io.revoker.redis.link;

import java.nio.charset.StandardCharsets;

/**
 * The slot of a Cluster that a key belongs to.
 *
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Redis cluster
 * specification</a>
 */
final class Slot {
    static final int COUNT = 16_384;

    private static final int POLYNOMIAL = 0x1021;
    private static final int[] CRC16 = new int[256];

    static {
        for (int i = 0; i < CRC16.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            CRC16[i] = crc & 0xFFFF;
        }
    }

    private Slot() {}

    static int of(String key) {
        int crc = 0;
        for (byte b : hashed(key).getBytes(StandardCharsets.UTF_8)) {
            crc = (crc << 8 & 0xFFFF) ^ CRC16[(crc >> 8 ^ b) & 0xFF];
        }
        return crc % COUNT;
    }

    /** The hash tag: the text between the first braces, if it is not empty. */
    private static String hashed(String key) {
        int open = key.indexOf('{');
        int close = key.indexOf('}', open + 1);
        return open < 0 || close <= open + 1 ? key : key.substring(open + 1, close);
    }
}
