package io.revoker.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a response. A client that has disconnected in the meantime is not a bug in Revoker. */
public final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private Answer() {}

    public static void json(RoutingContext request, int status, JsonNode body) {
        send(request, status, "application/json; charset=UTF-8", Buffer.buffer(Json.write(body)));
    }

    public static void send(RoutingContext request, int status, String type, Buffer body) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
        done(request.response().setStatusCode(status).end(body));
    }

    public static void empty(RoutingContext request, int status) {
        done(request.response().setStatusCode(status).end());
    }

    /**
     * What anyone may keep under a condition: the client asks again with its tag, and gets 304 if it is still the same.
     */
    public static void cached(RoutingContext request, String type, byte[] body, String tag, String condition) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, condition).putHeader(HttpHeaders.ETAG, tag);
        if (request.isFresh()) {
            empty(request, 304);
        } else {
            send(request, 200, type, Buffer.buffer(body));
        }
    }

    /** The {@code ETag} of a body. */
    public static String tag(byte[] body) {
        return '"' + Long.toHexString(Sha256.of(body).getLong()) + '"';
    }

    private static void done(io.vertx.core.Future<Void> ended) {
        ended.onFailure(failure ->
                LOG.atDebug().addKeyValue("failure", failure.getMessage()).log("answer lost"));
    }
}
