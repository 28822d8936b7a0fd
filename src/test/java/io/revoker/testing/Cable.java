package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A way to a port of this machine that a test holds up, so that what is sent comes late, or cuts. */
public final class Cable {
    private final Context context;
    private volatile int port;
    private final NetServer entrance;
    private final NetClient exit;
    private final List<NetSocket> sockets = new ArrayList<>();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        HELD,
        CUT
    }

    private Cable(Vertx vertx, int port) {
        this.context = vertx.getOrCreateContext();
        this.port = port;
        this.entrance = vertx.createNetServer();
        this.exit = vertx.createNetClient();
    }

    public static Cable to(Vertx vertx, int port) {
        Cable cable = new Cable(vertx, port);
        cable.inTurn(() -> {
            cable.entrance.connectHandler(cable::connect);
            return cable.entrance.listen(0, "127.0.0.1");
        });
        return cable;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + entrance.actualPort());
    }

    /** Nothing comes through any more, in both directions; the connections stay, and new ones are accepted. */
    public void hold() {
        become(State.HELD);
    }

    /** All connections end, and so does each new one. */
    public void cut() {
        become(State.CUT);
    }

    /** New connections go to another port, once it is mended. */
    public void redirect(int other) {
        port = other;
    }

    /** What was held up comes through now. */
    public void mend() {
        become(State.OPEN);
    }

    private void become(State next) {
        inTurn(() -> {
            state = next;
            List.copyOf(sockets).forEach(this::apply);
            return Future.succeededFuture();
        });
    }

    private interface Turn {
        Future<?> begin();
    }

    private void inTurn(Turn turn) {
        Promise<Object> done = Promise.promise();
        context.runOnContext(here -> turn.begin().onComplete(result -> done.complete()));
        get(done.future());
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
            if (state != State.HELD) {
                close(to);
            }
        });
        apply(from);
    }

    private void apply(NetSocket socket) {
        switch (state) {
            case OPEN -> socket.resume();
            case HELD -> socket.pause();
            case CUT -> close(socket);
        }
    }

    private static void close(NetSocket socket) {
        socket.close().onFailure(alreadyClosed -> {});
    }
}
