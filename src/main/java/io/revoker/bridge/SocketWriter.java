package io.revoker.bridge;

import io.netty.channel.ChannelFutureListener;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.http.feed.EventHub;
import io.revoker.http.feed.FeedEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is sent to one client. If it does not read, no events are kept for it: once it reads again, it gets a reset, and
 * can ask for the changes since what it has.
 */
final class SocketWriter {
    private final NetSocket socket;
    private final Runnable changed;
    private String address = "";
    private Optional<Stamp> missed = Optional.empty();
    private long fullSince;
    private long endingSince;

    /** @param changed called when it is full, and when it is not any more */
    SocketWriter(NetSocket socket, Runnable changed) {
        this.socket = socket;
        this.changed = changed;
    }

    void begin() {
        socket.drainHandler(drained -> drained());
    }

    boolean isFull() {
        return socket.writeQueueFull();
    }

    /** Whether the client has not taken for so long what there is for it, or what it was to get at the end. */
    boolean isStuckFor(Duration patience) {
        return isOver(fullSince, patience) || isOver(endingSince, patience);
    }

    private static boolean isOver(long since, Duration patience) {
        return since != 0 && System.nanoTime() - since > patience.toNanos();
    }

    void publish(String to, List<FeedEvent> events, RealmScope realms, Stamp upTo) {
        address = to;
        for (FeedEvent event : events) {
            if (missed.isPresent() || isFull()) {
                missed = Optional.of(upTo);
                return;
            }
            event.seenBy(realms).ifPresent(seen -> write(Frames.published(to, seen.json())));
        }
    }

    void write(Buffer frame) {
        socket.write(frame).onFailure(gone -> {});
        if (isFull() && fullSince == 0) {
            fullSince = System.nanoTime();
            changed.run();
        }
    }

    /** With the last frame. */
    void end(Buffer frame) {
        endingSince = System.nanoTime();
        socket.end(frame).onFailure(gone -> {});
    }

    void close() {
        if (isFull()) {
            cut();
        } else {
            endingSince = System.nanoTime();
            socket.close().onFailure(gone -> {});
        }
    }

    /** Closes it at once: Vert.x would wait until the client has taken all that was written before. */
    void cut() {
        if (socket instanceof NetSocketInternal open) {
            open.channelHandlerContext().close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private void drained() {
        fullSince = 0;
        Optional<Stamp> upTo = missed;
        missed = Optional.empty();
        upTo.ifPresent(stamp -> write(Frames.published(address, EventHub.behind(stamp))));
        changed.run();
    }
}
