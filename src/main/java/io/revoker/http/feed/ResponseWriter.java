package io.revoker.http.feed;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * The answer to a follower, as far as its client takes it. What the client does not take is not written, so there is
 * nothing to hold for it. Used by one event loop only.
 */
final class ResponseWriter {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    /** Since when the client has taken nothing; 0 if it takes what comes. */
    private long fullSince;

    private Runnable whenRoom = () -> {};

    /** @param request whose answer has a head */
    ResponseWriter(HttpServerRequest request, Context context) {
        this.request = request;
        this.response = request.response();
        this.context = context;
    }

    /** @param room done whenever the client has taken what was there, unless something else waits for that */
    void begin(Runnable room) {
        whenRoom = room;
        response.drainHandler(drained -> {
            fullSince = 0;
            Runnable next = whenRoom;
            whenRoom = room;
            next.run();
        });
    }

    boolean isFull() {
        return response.writeQueueFull();
    }

    /** Goes on in another turn, when the client has room. */
    void whenTaken(Runnable next) {
        context.runOnContext(turn -> {
            if (isFull()) {
                whenRoom = next;
            } else {
                next.run();
            }
        });
    }

    void write(Buffer bytes, Runnable gone) {
        response.write(bytes).onFailure(failure -> gone.run());
    }

    /**
     * Whether the client takes nothing, and has not for so long.
     *
     * @param now by {@link System#nanoTime()}
     */
    boolean isStuck(long now, Duration patience) {
        if (!isFull()) {
            return false;
        }
        fullSince = fullSince == 0 ? now : fullSince;
        return now - fullSince > patience.toNanos();
    }

    /** Ends the answer; one that would wait for the client is cut off. */
    void end(String last) {
        if (isFull()) {
            cut();
        } else {
            response.end(last).onFailure(gone -> {});
        }
    }

    void cut() {
        Cut.off(request);
    }
}
