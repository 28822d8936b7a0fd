package io.revoker.bench;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A way to a port of this machine through which nothing comes for a while: the connections stay, and new ones are accepted. */
final class HeldWay implements AutoCloseable {
    private final Context context;
    private final NetServer entrance;
    private final NetClient exit;
    private final int port;
    private final List<NetSocket> sockets = new ArrayList<>();
    private boolean held;

    private HeldWay(Vertx vertx, int port) {
        this.context = vertx.getOrCreateContext();
        this.entrance = vertx.createNetServer();
        this.exit = vertx.createNetClient();
        this.port = port;
    }

    static HeldWay to(Vertx vertx, int port) throws InterruptedException {
        HeldWay way = new HeldWay(vertx, port);
        Promise<NetServer> listening = Promise.promise();
        way.context.runOnContext(here ->
                way.entrance.connectHandler(way::connect).listen(0, "127.0.0.1").onComplete(listening));
        Await.result(listening.future());
        return way;
    }

    URI uri() {
        return ReachRows.uri(entrance.actualPort());
    }

    void hold() throws InterruptedException {
        become(true);
    }

    /** What was held comes now. */
    void mend() throws InterruptedException {
        become(false);
    }

    private void become(boolean next) throws InterruptedException {
        Promise<Void> done = Promise.promise();
        context.runOnContext(here -> {
            held = next;
            sockets.forEach(this::apply);
            done.complete();
        });
        Await.result(done.future());
    }

    private void connect(NetSocket client) {
        client.pause();
        exit.connect(port, "127.0.0.1")
                .onSuccess(server -> {
                    join(client, server);
                    join(server, client);
                })
                .onFailure(refused -> close(client));
    }

    private void join(NetSocket from, NetSocket to) {
        sockets.add(from);
        from.handler(bytes -> to.write(bytes).onFailure(gone -> {}));
        from.closeHandler(end -> {
            sockets.remove(from);
            close(to);
        });
        apply(from);
    }

    private void apply(NetSocket socket) {
        if (held) {
            socket.pause();
        } else {
            socket.resume();
        }
    }

    private static void close(NetSocket socket) {
        socket.close().onFailure(alreadyClosed -> {});
    }

    @Override
    public void close() {
        entrance.close().onFailure(alreadyClosed -> {});
        exit.close().onFailure(alreadyClosed -> {});
    }
}
