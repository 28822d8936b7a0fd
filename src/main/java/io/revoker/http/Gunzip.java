package io.revoker.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.HttpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Inflates a body (RFC 1952). It stops a byte beyond the limit: a body could be a thousand times as large as it looks. */
final class Gunzip {
    private Gunzip() {}

    /**
     * The whole of it.
     *
     * @throws HttpException 413 over the limit, 400 if it is no gzip, or a damaged one
     */
    static Buffer inflate(byte[] compressed, int limit) {
        try (GZIPInputStream inflating = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            byte[] body = inflating.readNBytes(limit + 1);
            if (body.length > limit) {
                throw new HttpException(413);
            }
            return Buffer.buffer(body);
        } catch (IOException damaged) {
            throw new HttpException(400, "body: can't be inflated (expected: gzip, as Content-Encoding says)");
        }
    }
}
