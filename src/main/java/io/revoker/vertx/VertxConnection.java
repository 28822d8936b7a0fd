package io.revoker.vertx;

import io.revoker.client.live.LiveConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketBase;

/**
 * Connections of Vert.x, for {@link io.revoker.client.live.LiveConnections#add}. Call these methods on the event loop
 * of the connection, in its handler. They set no handler: all are the application's.
 */
public final class VertxConnection {
    private VertxConnection() {}

    /**
     * A WebSocket. It is closed with 1008 (policy violation, RFC 6455 section 7.4.1), and the application gets no
     * message from then on.
     */
    public static LiveConnection of(WebSocketBase socket) {
        return new LiveWebSocket(socket, Turn.here());
    }

    /**
     * A request that is answered for long. If the answer has not begun, it is 401. A stream of Server-Sent Events is
     * ended, so that its client comes back, and is refused. One of gRPC is ended with the status {@code
     * UNAUTHENTICATED}. Anything else is reset, so that its client does not take it for complete: with HTTP/2 the
     * stream, with HTTP/1 the connection.
     */
    public static LiveConnection of(HttpServerRequest request) {
        return new LiveRequest(request, Turn.here());
    }
}
