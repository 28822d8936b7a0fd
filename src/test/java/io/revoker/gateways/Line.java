package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The way from gateways to Revoker. A test cuts it, holds the answers back, delays them, or has them drip. */
final class Line {
    private static final long DRIP_MILLIS = 100;

    private final Vertx vertx;
    private final NetClient exit;
    private final int destination;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final Set<NetSocket> feeds = ConcurrentHashMap.newKeySet();
    private final Map<NetSocket, Queue<Buffer>> held = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final int port;
    private NetServer entrance;
    private volatile Mode mode = Mode.PASSING;
    private volatile Duration delay = Duration.ZERO;

    /** What happens to answers. */
    private enum Mode {
        PASSING,
        HOLDING,
        HOLDING_FEEDS,
        DELAYING,
        DRIPPING
    }

    private Line(Vertx vertx, int destination) {
        this.vertx = vertx;
        this.exit = vertx.createNetClient();
        this.destination = destination;
        this.entrance = listen(0);
        this.port = entrance.actualPort();
        vertx.setPeriodic(DRIP_MILLIS, tick -> drop());
    }

    static Line to(Vertx vertx, int destination) {
        return new Line(vertx, destination);
    }

    int port() {
        return port;
    }

    /** How many have ever been made. */
    int connections() {
        return connections.get();
    }

    /** Ends all connections and refuses new ones, until {@link #join()}. */
    void cut() {
        get(entrance.close());
        open.forEach(Line::close);
    }

    void join() {
        entrance = listen(port);
    }

    /** From now on, answers are kept until {@link #release()}. */
    void hold() {
        mode = Mode.HOLDING;
    }

    /** The same, but only of those that follow the revocations. */
    void holdFeeds() {
        mode = Mode.HOLDING_FEEDS;
    }

    /** From now on, answers take so much longer. */
    void delay(Duration time) {
        delay = time;
        mode = Mode.DELAYING;
    }

    /** From now on, answers come byte by byte, each connection's for itself. */
    void drip() {
        mode = Mode.DRIPPING;
    }

    /** Sends the answers that were kept, late as they are, and the following ones at once. */
    void release() {
        mode = Mode.PASSING;
        held.forEach((gateway, answers) -> {
            for (Buffer late = answers.poll(); late != null; late = answers.poll()) {
                write(late, gateway);
            }
        });
    }

    private NetServer listen(int at) {
        return get(vertx.createNetServer().connectHandler(this::connect).listen(at, "127.0.0.1"));
    }

    private void connect(NetSocket gateway) {
        gateway.pause();
        connections.incrementAndGet();
        open.add(gateway);
        exit.connect(destination, "127.0.0.1")
                .onSuccess(revoker -> join(gateway, revoker))
                .onFailure(refused -> close(gateway));
    }

    private void join(NetSocket gateway, NetSocket revoker) {
        revoker.handler(answer -> pass(answer, gateway)).closeHandler(end -> close(gateway));
        gateway.handler(question -> {
                    if (question.toString().contains("/v1/revocations/stream")) {
                        feeds.add(gateway);
                    }
                    write(question, revoker);
                })
                .closeHandler(end -> {
                    open.remove(gateway);
                    feeds.remove(gateway);
                    held.remove(gateway);
                    close(revoker);
                });
        gateway.resume();
    }

    private void pass(Buffer answer, NetSocket gateway) {
        switch (mode) {
            case PASSING -> write(answer, gateway);
            case HOLDING -> keep(answer, gateway);
            case HOLDING_FEEDS -> {
                if (feeds.contains(gateway)) {
                    keep(answer, gateway);
                } else {
                    write(answer, gateway);
                }
            }
            case DELAYING -> vertx.setTimer(delay.toMillis(), late -> write(answer, gateway));
            case DRIPPING -> {
                for (int i = 0; i < answer.length(); i++) {
                    keep(answer.getBuffer(i, i + 1), gateway);
                }
            }
        }
    }

    private void keep(Buffer answer, NetSocket gateway) {
        held.computeIfAbsent(gateway, first -> new ConcurrentLinkedQueue<>()).add(answer);
    }

    private void drop() {
        if (mode == Mode.DRIPPING) {
            held.forEach((gateway, answers) -> {
                Buffer next = answers.poll();
                if (next != null) {
                    write(next, gateway);
                }
            });
        }
    }

    private static void write(Buffer bytes, NetSocket to) {
        to.write(bytes).onFailure(closed -> close(to));
    }

    private static void close(NetSocket socket) {
        socket.close().onFailure(alreadyClosed -> {});
    }
}
