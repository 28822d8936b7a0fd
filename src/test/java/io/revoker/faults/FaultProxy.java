package io.revoker.faults;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/** A way to a server on loopback that can be made to misbehave. All of it happens on one event loop. */
final class FaultProxy implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Context loop;
    private final IntSupplier target;
    private final NetClient client;
    private final NetServer entrance;
    private final List<Wire> wires = new ArrayList<>();
    private Behaviour behaviour = Behaviour.PASS;
    private Share share = Share.ALL;
    private int connections;

    /** Which connections a behaviour is for. */
    enum Share {
        ALL,
        EVERY_SECOND;

        boolean holds(int connection) {
            return this == ALL || connection % 2 == 0;
        }
    }

    private FaultProxy(Vertx vertx, IntSupplier target) {
        this.loop = vertx.getOrCreateContext();
        this.target = target;
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        this.entrance = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true))
                .connectHandler(this::connect);
    }

    /**
     * Opens one.
     *
     * @param vertx with one event loop
     * @param target the port of the server at the moment
     */
    static FaultProxy open(Vertx vertx, IntSupplier target) {
        FaultProxy proxy = new FaultProxy(vertx, target);
        get(proxy.entrance.listen(0, HOST));
        return proxy;
    }

    int port() {
        return entrance.actualPort();
    }

    /** From now on, with the connections that there are too. */
    void behave(Behaviour next, Share which) {
        onLoop(() -> {
            behaviour = next;
            share = which;
            wires.forEach(wire -> wire.behave(of(wire.number())));
        });
    }

    /** Ends connections, in the midst of whatever. */
    void cut(Share which) {
        onLoop(() -> List.copyOf(wires).stream()
                .filter(wire -> which.holds(wire.number()))
                .forEach(Wire::end));
    }

    private Behaviour of(int connection) {
        return share.holds(connection) ? behaviour : Behaviour.PASS;
    }

    private void connect(NetSocket from) {
        int number = connections++;
        if (of(number) == Behaviour.REFUSE) {
            from.close().onFailure(closed -> {});
            return;
        }
        from.pause();
        client.connect(target.getAsInt(), HOST)
                .onSuccess(to -> wire(number, from, to))
                .onFailure(refused -> from.close().onFailure(closed -> {}));
    }

    private void wire(int number, NetSocket from, NetSocket to) {
        Wire wire = new Wire(number, loop.owner(), from, to);
        wires.add(wire);
        wire.behave(of(number));
        wire.onEnd(() -> wires.remove(wire));
        from.resume();
    }

    private void onLoop(Runnable action) {
        CountDownLatch done = new CountDownLatch(1);
        loop.runOnContext(turn -> {
            action.run();
            done.countDown();
        });
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        cut(Share.ALL);
        get(entrance.close());
        get(client.close());
    }
}
