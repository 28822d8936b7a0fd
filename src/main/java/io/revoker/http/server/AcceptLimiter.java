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
 * Bounds the number of connections of one listener, counted from accept, and the time until their first request has a
 * head. It stands in front of the HTTP server, which reports a connection only when that head is complete. Without it,
 * a client that sends nothing, or a byte now and then, could stay uncounted for as long as it likes.
 */
final class AcceptLimiter extends ChannelInboundHandlerAdapter {
    private final int maxConnections;
    private final Duration headerTimeout;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    AcceptLimiter(int maxConnections, Duration headerTimeout) {
        this.maxConnections = maxConnections;
        this.headerTimeout = headerTimeout;
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
        connection.pipeline().addFirst(new NoH2cUpgrade());
        acceptor.fireChannelRead(accepted);
    }

    /** The listener is closed: connections without a request will get no answer. */
    @Override
    public void channelInactive(ChannelHandlerContext acceptor) {
        open.forEach(AcceptLimiter::closeIfHeadless);
        acceptor.fireChannelInactive();
    }

    /** A clear-text connection has one of these two handlers in its pipeline until its first head has been read. */
    private static void closeIfHeadless(Channel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        if (pipeline.get(Http1xOrH2CHandler.class) != null || pipeline.get(Http1xUpgradeToH2CHandler.class) != null) {
            connection.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }
}
