package io.revoker.http.request;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.HttpException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a body (RFC 1952). It stops a byte beyond the limit: a body could inflate to a thousand times its size. The
 * reader of the JDK accepts any number of members, recurses for each empty one, and ignores what follows the last.
 * Here a body is exactly one member, and nothing else.
 */
final class Gunzip {
    private static final int PIECE = 8192;

    private Gunzip() {}

    /**
     * Inflates the whole body.
     *
     * @param tooLarge the message if it exceeds the limit
     * @throws HttpException 413 over the limit, 400 if it is not gzip, or damaged, or more than one member
     */
    static Buffer inflate(byte[] compressed, int limit, String tooLarge) {
        GzipFrame frame = new GzipFrame(compressed);
        int start = frame.start();
        Inflater inflater = new Inflater(/* nowrap= */ true);
        try {
            inflater.setInput(compressed, start, compressed.length - start);
            Buffer body = inflate(inflater, limit, tooLarge);
            require(inflater.getRemaining() == GzipFrame.TRAILER);
            require(frame.checksum() == checksum(body) && frame.size() == body.length());
            return body;
        } catch (DataFormatException damaged) {
            throw damaged();
        } finally {
            inflater.end();
        }
    }

    private static Buffer inflate(Inflater inflater, int limit, String tooLarge) throws DataFormatException {
        Buffer body = Buffer.buffer();
        byte[] piece = new byte[PIECE];
        while (!inflater.finished()) {
            int more = inflater.inflate(piece);
            require(more > 0 || inflater.finished());
            if (body.length() + more > limit) {
                throw new HttpException(413, tooLarge);
            }
            body.appendBytes(piece, 0, more);
        }
        return body;
    }

    private static long checksum(Buffer body) {
        CRC32 sum = new CRC32();
        sum.update(body.getBytes());
        return sum.getValue();
    }

    static void require(boolean sound) {
        if (!sound) {
            throw damaged();
        }
    }

    private static HttpException damaged() {
        return new HttpException(400, "body: can't be inflated (expected: gzip, as Content-Encoding says)");
    }

    /** The parts of a gzip member before and after the deflated bytes (RFC 1952, section 2.3). */
    static final class GzipFrame {
        /** Bytes after the deflated ones: the checksum, and the size. */
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

        /**
         * The offset of the deflated bytes. Whatever the header contains, there is room for them and the trailer after
         * it.
         */
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

        /** The size of the body, modulo 2 to the 32nd. */
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
}
