package io.revoker.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * Reads and discards the rest of a body whose request has been answered, within bounds of bytes and time; after that
 * it closes the connection, or with HTTP/2 the stream. Closing at once would lose the answer: a client that is still
 * sending gets a connection reset (RFC 9112, section 9.6).
 */
final class BodyDrain {
    /** More than the largest accepted body, so that a connection stays usable after most refusals. */
    private static final long MOST = 4 << 20;

    private static final long LONGEST_MILLIS = 1000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private long read;

    private BodyDrain(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /** Starts when the response has ended. */
    static void bound(Vertx vertx, HttpServerRequest request) {
        if (mayHaveBody(request)) {
            BodyDrain rest = new BodyDrain(vertx, request);
            request.response().bodyEndHandler(answered -> rest.answered());
        }
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** If a request has no body, its end arrives after its head in the same turn. */
    private void answered() {
        if (!request.isEnded()) {
            vertx.runOnContext(turn -> {
                if (!request.isEnded()) {
                    discard();
                }
            });
        }
    }

    private void discard() {
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
