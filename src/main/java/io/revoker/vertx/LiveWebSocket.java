package io.revoker.vertx;

import io.revoker.client.live.LiveConnection;
import io.vertx.core.http.WebSocketBase;

/** A WebSocket that is closed because of its token. */
record LiveWebSocket(WebSocketBase socket, Turn turn) implements LiveConnection {
    private static final short POLICY_VIOLATION = 1008;
    private static final String REASON = "token revoked";

    @Override
    public void end() {
        turn.run(this::close);
    }

    private void close() {
        if (!hasEnded()) {
            silence();
            socket.close(POLICY_VIOLATION, REASON).onFailure(alreadyClosed -> {});
        }
    }

    /** What a client sends after that, which may go on until it closes its side, is not heard. */
    private void silence() {
        socket.frameHandler(null)
                .textMessageHandler(null)
                .binaryMessageHandler(null)
                .handler(null);
    }

    @Override
    public boolean hasEnded() {
        return socket.isClosed();
    }
}
