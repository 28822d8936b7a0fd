package io.revoker.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.HttpException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a body (RFC 1952). It stops a byte beyond the limit: a body could be a thousand times as large as it looks. The reader of the JDK takes any number
 * of members, calls itself for each empty one, and ignores what follows the last; a body is one member here, and nothing else.
 */
final class Gunzip {
    private static final int PIECE = 8192;

    private Gunzip() {}

    /**
     * The whole of it.
     *
     * @param tooLarge what to say of one over the limit
     * @throws HttpException 413 over the limit, 400 if it is no gzip, or a damaged one, or more than one
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
}
