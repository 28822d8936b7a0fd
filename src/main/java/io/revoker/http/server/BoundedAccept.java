package io.revoker.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.Http1xUpgradeToH2CHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the connections of one listener from the moment of their acceptance, and the time until their first request has a head. It stands in front of
 * the HTTP server, which tells of a connection only when that head is complete: by then a client that sends nothing, or a byte now and then, would
 * have been there uncounted and for as long as it likes.
 */
final class BoundedAccept extends ChannelInboundHandlerAdapter {
    private final int maxConnections;
    private final Duration headerTimeout;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    BoundedAccept(int maxConnections, Duration headerTimeout) {
        this.maxConnections = maxConnections;
        this.headerTimeout = headerTimeout;
    }

    int open() {
        return open.size();
    }

    @Override
    public void channelRead(ChannelHandlerContext acceptor, Object accepted) {
        Channel connection = (Channel) accepted;
        if (open.size() >= maxConnections) {
            connection.unsafe().closeForcibly();
            return;
        }
        open.add(connection);
        ScheduledFuture<?> deadline = acceptor.executor()
                .schedule(() -> closeIfHeadless(connection), headerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        connection.closeFuture().addListener(closed -> {
            deadline.cancel(false);
            open.remove(connection);
        });
        connection.pipeline().addFirst(new NoUpgrade());
        acceptor.fireChannelRead(accepted);
    }

    /** The listener is closed: what has asked for nothing yet will get no answer. */
    @Override
    public void channelInactive(ChannelHandlerContext acceptor) {
        open.forEach(BoundedAccept::closeIfHeadless);
        acceptor.fireChannelInactive();
    }

    /** These two are in the pipeline of a clear-text connection until its first head has been read. */
    private static void closeIfHeadless(Channel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        if (pipeline.get(Http1xOrH2CHandler.class) != null || pipeline.get(Http1xUpgradeToH2CHandler.class) != null) {
            connection.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }
}
