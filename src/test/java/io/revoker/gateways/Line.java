package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The way from gateways to Revoker. A test cuts it, or holds the answers back. */
final class Line {
    private final Vertx vertx;
    private final NetClient exit;
    private final int destination;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final int port;
    private NetServer entrance;
    private volatile boolean holding;

    private Line(Vertx vertx, int destination) {
        this.vertx = vertx;
        this.exit = vertx.createNetClient();
        this.destination = destination;
        this.entrance = listen(0);
        this.port = entrance.actualPort();
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
        holding = true;
    }

    /** How many pieces of answers are kept. */
    int held() {
        return held.size();
    }

    /** Sends the answers that were kept, late as they are. */
    void release() {
        holding = false;
        for (Runnable late = held.poll(); late != null; late = held.poll()) {
            late.run();
        }
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
        gateway.handler(question -> write(question, revoker)).closeHandler(end -> {
            open.remove(gateway);
            close(revoker);
        });
        gateway.resume();
    }

    private void pass(Buffer answer, NetSocket gateway) {
        if (holding) {
            held.add(() -> write(answer, gateway));
        } else {
            write(answer, gateway);
        }
    }

    private static void write(Buffer bytes, NetSocket to) {
        to.write(bytes).onFailure(closed -> close(to));
    }

    private static void close(NetSocket socket) {
        socket.close().onFailure(alreadyClosed -> {});
    }
}
