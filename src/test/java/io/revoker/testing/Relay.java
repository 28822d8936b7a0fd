package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** A way to Redis on which somebody decides what becomes of each request. Replies pass; when the client closes, so does the server's side. */
public final class Relay {
    private final Vertx vertx;
    private final URI server;
    private final Function<Connection, Handler<Buffer>> requests;
    private final NetServer entrance;

    private Relay(Vertx vertx, String url, Function<Connection, Handler<Buffer>> requests) {
        this.vertx = vertx;
        this.server = URI.create(url);
        this.requests = requests;
        this.entrance = vertx.createNetServer().connectHandler(this::connect);
    }

    /** One of its connections. */
    public record Connection(NetSocket client, NetSocket server) {
        public void pass(Buffer request) {
            write(request, server);
        }

        /** What to do when the server closes: else nothing. */
        public void onServerClosed(Runnable action) {
            server.closeHandler(end -> action.run());
        }

        public void closeClient() {
            close(client);
        }
    }

    /**
     * Listens on a free port of the loopback.
     *
     * @param requests makes what takes the requests of a connection
     */
    public static Relay to(Vertx vertx, String url, Function<Connection, Handler<Buffer>> requests) {
        Relay relay = new Relay(vertx, url, requests);
        get(relay.entrance.listen(0, "127.0.0.1"));
        return relay;
    }

    /** With the password of the server. */
    public String url() {
        String user = Optional.ofNullable(server.getUserInfo())
                .map(known -> known + "@")
                .orElse("");
        return "redis://" + user + "127.0.0.1:" + entrance.actualPort();
    }

    private void connect(NetSocket client) {
        client.pause();
        vertx.createNetClient()
                .connect(server.getPort(), server.getHost())
                .onSuccess(redis -> join(new Connection(client, redis)))
                .onFailure(refused -> close(client));
    }

    private void join(Connection both) {
        both.server().handler(reply -> write(reply, both.client()));
        both.client().handler(requests.apply(both)).closeHandler(end -> close(both.server()));
        both.client().resume();
    }

    private static void write(Buffer bytes, NetSocket to) {
        to.write(bytes).onFailure(closed -> close(to));
    }

    private static void close(NetSocket socket) {
        socket.close().onFailure(alreadyClosed -> {});
    }
}
