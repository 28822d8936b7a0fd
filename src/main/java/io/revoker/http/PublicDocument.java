package io.revoker.http;

import io.vertx.ext.web.RoutingContext;

/** JSON that anyone may read and keep for five minutes, and then ask for with its {@code ETag}. */
@SuppressWarnings("ArrayRecordComponent") // documents are sent, never compared
public record PublicDocument(String type, byte[] body) {
    private static final String CACHED = "public, max-age=300";

    /** Ends the response. */
    public void send(RoutingContext request) {
        Answer.cached(request, type, body, Answer.tag(body), CACHED);
    }
}
