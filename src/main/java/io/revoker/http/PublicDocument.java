package io.revoker.http;

import io.revoker.domain.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** JSON that anyone may read and keep for five minutes, and then ask for with its {@code ETag}. */
@SuppressWarnings("ArrayRecordComponent") // documents are sent, never compared
public record PublicDocument(String type, byte[] body) {
    private static final String CACHED = "public, max-age=300";

    /** Ends the response. */
    public void send(RoutingContext request) {
        String tag = '"' + Long.toHexString(Sha256.of(body).getLong()) + '"';
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, CACHED).putHeader(HttpHeaders.ETAG, tag);
        if (request.isFresh()) {
            Answer.empty(request, 304);
        } else {
            Answer.send(request, 200, type, Buffer.buffer(body));
        }
    }
}
