package io.revoker.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a connection: what came and was not passed on yet, in its order. */
final class Lane {
    private static final long LATE_MILLIS = 40;
    private static final long DRIP_MILLIS = 2;
    private static final int DRIP_BYTES = 64;

    enum Pace {
        FAST,
        LATE,
        DRIP,
        STILL
    }

    private final Vertx vertx;
    private final NetSocket to;
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private Pace pace = Pace.FAST;

    Lane(Vertx vertx, NetSocket to) {
        this.vertx = vertx;
        this.to = to;
    }

    void arrive(Buffer bytes) {
        waiting.add(bytes);
        move();
    }

    void go(Pace next) {
        pace = next;
        move();
    }

    private void move() {
        switch (pace) {
            case FAST -> passAll();
            case LATE -> vertx.setTimer(LATE_MILLIS, timer -> passLate());
            case DRIP -> vertx.setTimer(DRIP_MILLIS, timer -> drip());
            case STILL -> {}
        }
    }

    private void passAll() {
        while (!waiting.isEmpty()) {
            pass(waiting.remove());
        }
    }

    /** One for each that came; what waited from before goes with the first of them. */
    private void passLate() {
        if (pace == Pace.LATE) {
            passAll();
        }
    }

    private void drip() {
        if (waiting.isEmpty() || pace != Pace.DRIP) {
            return;
        }
        Buffer first = waiting.remove();
        int size = Math.min(DRIP_BYTES, first.length());
        pass(first.slice(0, size));
        if (size < first.length()) {
            waiting.addFirst(first.slice(size, first.length()));
        }
        move();
    }

    private void pass(Buffer bytes) {
        to.write(bytes).onFailure(closed -> {});
    }
}
