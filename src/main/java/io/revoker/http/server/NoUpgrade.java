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
 * Lets no connection change from HTTP/1.1 to HTTP/2 by {@code Upgrade: h2c}: a proxy in front that hands the 101 on looks at nothing any more, and all
 * that it forbids would come through. RFC 9113 (section 3.1) has no such upgrade any more; HTTP/2 by prior knowledge stays.
 *
 * <p>Vert.x has one switch for both. Its handlers decide by the first bytes of a connection which of the two protocols it speaks, and only then put in
 * the one that would upgrade it. So they are given these bytes one by one until they have decided, and then that header is kept from the one.
 */
final class NoUpgrade extends ChannelInboundHandlerAdapter {
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
