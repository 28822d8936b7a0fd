package io.revoker.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * Reads over what still comes of a body whose request has been answered, within bounds of bytes and time; then it closes the connection, or of HTTP/2 the
 * stream. To close at once would lose the answer, because a client that still sends is told of a broken connection (RFC 9112, section 9.6).
 */
final class RestOfBody {
    /** More than the bodies that are taken, so that a connection stays usable after most refusals. */
    private static final long MOST = 4 << 20;

    private static final long LONGEST_MILLIS = 1000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private long read;

    private RestOfBody(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /** From when the response has ended on. */
    static void bound(Vertx vertx, HttpServerRequest request) {
        if (mayHaveBody(request)) {
            RestOfBody rest = new RestOfBody(vertx, request);
            request.response().bodyEndHandler(answered -> rest.answered());
        }
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** The end of a request without a body comes behind its head in the same turn. */
    private void answered() {
        if (!request.isEnded()) {
            vertx.runOnContext(turn -> {
                if (!request.isEnded()) {
                    readOver();
                }
            });
        }
    }

    private void readOver() {
        long timer = vertx.setTimer(LONGEST_MILLIS, late -> close());
        request.handler(part -> {
            read += part.length();
            if (read > MOST) {
                vertx.cancelTimer(timer);
                close();
            }
        });
        request.end().onComplete(ended -> vertx.cancelTimer(timer));
        request.resume();
    }

    private void close() {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(0).onFailure(alreadyClosed -> {});
        } else {
            request.connection().shutdown(0, TimeUnit.MILLISECONDS).onFailure(alreadyClosed -> {});
        }
    }
}
