package io.revoker.http.feed;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Ends an answer whose client does not read. Closing its connection by Vert.x would not: that waits until the client
 * has taken all that was written before.
 */
final class Cut {
    private Cut() {}

    static void off(HttpServerRequest request) {
        if (request.connection() instanceof HttpServerConnection connection) {
            // Beyond the handler of Vert.x, which would wait.
            ChannelHandlerContext beyond = connection.channelHandlerContext();
            if (request.version() != HttpVersion.HTTP_2 || !beyond.channel().isWritable()) {
                beyond.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
                return;
            }
        }
        request.response().reset().onFailure(gone -> {});
    }
}
