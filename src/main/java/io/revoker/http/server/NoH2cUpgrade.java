package io.revoker.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.Http1xUpgradeToH2CHandler;

/**
 * Prevents a connection from changing from HTTP/1.1 to HTTP/2 by {@code Upgrade: h2c}. A proxy in front that passes
 * the 101 on no longer inspects the connection, so that everything it forbids would come through. RFC 9113 (section
 * 3.1) has dropped this upgrade; HTTP/2 by prior knowledge still works.
 *
 * <p>Vert.x has one switch for both. Its handlers detect the protocol by the first bytes of a connection, and only
 * then add the handler that would upgrade. So this class passes these bytes on one by one until the protocol is
 * detected, and then removes the header before that handler sees it.
 */
final class NoH2cUpgrade extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        ByteBuf rest = (ByteBuf) bytes;
        while (isUndecided(connection.pipeline()) && rest.isReadable()) {
            connection.fireChannelRead(rest.readRetainedSlice(1));
        }
        if (!isUndecided(connection.pipeline())) {
            decided(connection.pipeline());
        }
        pass(connection, rest);
    }

    private static boolean isUndecided(ChannelPipeline pipeline) {
        return pipeline.get(Http1xOrH2CHandler.class) != null;
    }

    private void decided(ChannelPipeline pipeline) {
        if (pipeline.get(Http1xUpgradeToH2CHandler.class) != null) {
            String upgrade = pipeline.context(Http1xUpgradeToH2CHandler.class).name();
            pipeline.addBefore(upgrade, null, new FirstHead());
        }
        pipeline.remove(this);
    }

    private static void pass(ChannelHandlerContext connection, ByteBuf rest) {
        if (rest.isReadable()) {
            connection.fireChannelRead(rest);
        } else {
            rest.release();
        }
    }

    /** Only the first request of a connection can upgrade it. */
    private static final class FirstHead extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext connection, Object message) {
            if (message instanceof HttpRequest request) {
                forbid(request);
                connection.pipeline().remove(this);
            }
            connection.fireChannelRead(message);
        }

        private static void forbid(HttpRequest request) {
            if (request.headers()
                    .contains(
                            HttpHeaderNames.UPGRADE,
                            Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME,
                            /* ignoreCase= */ true)) {
                request.headers().remove(HttpHeaderNames.UPGRADE);
            }
        }
    }
}
