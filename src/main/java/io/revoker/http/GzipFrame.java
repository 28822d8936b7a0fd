package io.revoker.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** What stands before and behind the deflated bytes of a member of gzip (RFC 1952, section 2.3). */
final class GzipFrame {
    /** Bytes behind the deflated ones: the checksum, and the size. */
    static final int TRAILER = 8;

    private static final int FIXED = 10;
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HEADER_SUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xE0;

    private final ByteBuffer bytes;

    GzipFrame(byte[] compressed) {
        this.bytes = ByteBuffer.wrap(compressed).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the deflated bytes begin; whatever the header says, they and the trailer have room behind it. */
    int start() {
        Gunzip.require(bytes.limit() >= FIXED + TRAILER);
        int flags = bytes.get(3);
        Gunzip.require((bytes.getShort(0) & 0xFFFF) == MAGIC && bytes.get(2) == DEFLATE && (flags & RESERVED) == 0);
        int at = FIXED;
        if ((flags & EXTRA) != 0) {
            at = within(at + 2 + (bytes.getShort(at) & 0xFFFF));
        }
        if ((flags & NAME) != 0) {
            at = behindText(at);
        }
        if ((flags & COMMENT) != 0) {
            at = behindText(at);
        }
        return (flags & HEADER_SUM) == 0 ? at : behindSum(at);
    }

    long checksum() {
        return Integer.toUnsignedLong(bytes.getInt(bytes.limit() - TRAILER));
    }

    /** Of the body, modulo 2 to the 32nd. */
    long size() {
        return Integer.toUnsignedLong(bytes.getInt(bytes.limit() - TRAILER / 2));
    }

    private int behindText(int from) {
        int at = from;
        while (bytes.get(at) != 0) {
            at = within(at + 1);
        }
        return within(at + 1);
    }

    private int behindSum(int at) {
        CRC32 sum = new CRC32();
        sum.update(bytes.array(), 0, at);
        Gunzip.require((bytes.getShort(at) & 0xFFFF) == (sum.getValue() & 0xFFFF));
        return within(at + 2);
    }

    private int within(int at) {
        Gunzip.require(at <= bytes.limit() - TRAILER);
        return at;
    }
}
