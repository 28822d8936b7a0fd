package io.revoker.bridge;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.http.feed.EventHub;
import io.revoker.http.feed.FeedEvent;
import io.vertx.core.buffer.Buffer;
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

    boolean isFullFor(Duration patience) {
        return fullSince != 0 && System.nanoTime() - fullSince > patience.toNanos();
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
        socket.end(frame).onFailure(gone -> {});
    }

    void close() {
        socket.close().onFailure(gone -> {});
    }

    private void drained() {
        fullSince = 0;
        Optional<Stamp> upTo = missed;
        missed = Optional.empty();
        upTo.ifPresent(stamp -> write(Frames.published(address, EventHub.behind(stamp))));
        changed.run();
    }
}
