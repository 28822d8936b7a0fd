package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A way to Redis that closes when a certain text comes along, so that a test can do something between two commands. */
public final class Gate {
    private final Vertx vertx;
    private final URI server;
    private final NetServer entrance;
    private final List<Runnable> held = new ArrayList<>();
    private Optional<String> closesAt = Optional.empty();

    private Gate(Vertx vertx, String url) {
        this.vertx = vertx;
        this.server = URI.create(url);
        this.entrance = vertx.createNetServer().connectHandler(this::connect);
    }

    public static Gate open(Vertx vertx, String url) {
        Gate gate = new Gate(vertx, url);
        get(gate.entrance.listen(0, "127.0.0.1"));
        return gate;
    }

    /** With the password of the server. */
    public String url() {
        String user = Optional.ofNullable(server.getUserInfo())
                .map(known -> known + "@")
                .orElse("");
        return "redis://" + user + "127.0.0.1:" + entrance.actualPort();
    }

    /** From the first command on that holds the text nothing passes. */
    public synchronized void closeAt(String text) {
        closesAt = Optional.of(text.toLowerCase(Locale.ROOT));
    }

    public synchronized boolean isHolding() {
        return !held.isEmpty();
    }

    /** Lets through what is held, and closes again as it was told. */
    public synchronized void pass() {
        held.forEach(Runnable::run);
        held.clear();
    }

    public synchronized void open() {
        closesAt = Optional.empty();
        pass();
    }

    private void connect(NetSocket client) {
        client.pause();
        vertx.createNetClient().connect(server.getPort(), server.getHost()).onSuccess(redis -> {
            redis.handler(reply -> pass(reply, client));
            client.handler(request -> passOrHold(request, redis)).closeHandler(end -> close(redis));
            client.resume();
        });
    }

    private synchronized void passOrHold(Buffer request, NetSocket redis) {
        boolean closes = closesAt.filter(request.toString().toLowerCase(Locale.ROOT)::contains)
                .isPresent();
        if (closes || !held.isEmpty()) {
            held.add(() -> pass(request, redis));
        } else {
            pass(request, redis);
        }
    }

    private static void pass(Buffer bytes, NetSocket to) {
        to.write(bytes).onFailure(closed -> close(to));
    }

    private static void close(NetSocket socket) {
        socket.close().onFailure(alreadyClosed -> {});
    }
}
