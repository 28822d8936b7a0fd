package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A relay to Redis on which a test decides what happens to each request. Replies pass. When the client closes its
 * connection, the relay closes the one to the server.
 */
public final class Relay {
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\*\\d+\\r$");

    private final URI server;
    private final Function<Connection, Handler<Buffer>> requests;
    private final NetServer entrance;

    /** One for all connections: Vert.x closes a client, while it connects too, once nothing refers to it. */
    private final NetClient exit;

    private Relay(Vertx vertx, String url, Function<Connection, Handler<Buffer>> requests) {
        this.server = URI.create(url);
        this.requests = requests;
        this.entrance = vertx.createNetServer().connectHandler(this::connect);
        this.exit = vertx.createNetClient();
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

        /** In the place of the server. */
        public void answer(String reply) {
            write(Buffer.buffer(reply), client);
        }

        public void closeClient() {
            close(client);
        }
    }

    /** How many commands there are in a request that holds whole ones. */
    public static int commands(Buffer request) {
        return (int) COMMAND.matcher(request.toString()).results().count();
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
        exit.connect(server.getPort(), server.getHost())
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
