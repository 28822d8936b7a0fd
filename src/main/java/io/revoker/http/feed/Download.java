package io.revoker.http.feed;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;

/** Sends pieces as the client takes them: at most some are in memory. */
final class Download {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Iterator<Buffer> pieces;
    private boolean over;
    /** Whether the client has taken something since the last look. */
    private boolean moves = true;

    Download(HttpServerRequest request, Iterator<Buffer> pieces) {
        this.request = request;
        this.response = request.response();
        this.pieces = pieces;
    }

    void begin() {
        response.setChunked(true).drainHandler(drained -> {
            moves = true;
            pump();
        });
        pump();
    }

    private void pump() {
        while (!over && !response.writeQueueFull() && pieces.hasNext()) {
            response.write(pieces.next()).onFailure(gone -> over = true);
        }
        if (!over && !pieces.hasNext()) {
            over = true;
            response.end().onFailure(gone -> {});
        }
    }

    /** Called now and then: a client that has taken nothing since the last call is cut off. */
    void look() {
        if (!moves && response.writeQueueFull()) {
            over = true;
            Cut.off(request);
        }
        moves = false;
    }
}
