package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to Redis on which a test says after how many more commands nothing passes any longer: whoever uses it dies, for Redis, between two of them,
 * also between two that were written together.
 */
public final class LastCommands {
    private final URI server;
    private final Vertx vertx;
    private final NetServer entrance;
    private final List<Runnable> kept = new ArrayList<>();
    private int left = Integer.MAX_VALUE;

    private LastCommands(Vertx vertx, String url) {
        this.vertx = vertx;
        this.server = URI.create(url);
        this.entrance = vertx.createNetServer().connectHandler(this::connect);
    }

    /** Lets everything pass. */
    public static LastCommands to(Vertx vertx, String url) {
        LastCommands way = new LastCommands(vertx, url);
        get(way.entrance.listen(0, "127.0.0.1"));
        return way;
    }

    /** With the password of the server. */
    public String url() {
        return "redis://" + server.getUserInfo() + "@127.0.0.1:" + entrance.actualPort();
    }

    public synchronized void allow(int commands) {
        left = commands;
    }

    /** Whether there were more commands than that. */
    public synchronized boolean hasKeptSome() {
        return !kept.isEmpty();
    }

    /** Lets pass what was kept, and everything else. */
    public synchronized void open() {
        left = Integer.MAX_VALUE;
        kept.forEach(Runnable::run);
        kept.clear();
    }

    private synchronized void passOrKeep(Runnable command) {
        if (left == 0) {
            kept.add(command);
        } else {
            left--;
            command.run();
        }
    }

    private void connect(NetSocket client) {
        client.pause();
        vertx.createNetClient().connect(server.getPort(), server.getHost()).onSuccess(redis -> {
            redis.handler(reply -> client.write(reply).onFailure(gone -> close(redis)));
            Commands commands = new Commands();
            client.handler(bytes -> commands.take(bytes, redis)).closeHandler(end -> close(redis));
            client.resume();
        });
    }

    private static void close(NetSocket socket) {
        socket.close().onFailure(alreadyClosed -> {});
    }

    /** Cuts what comes into commands: arrays of bulk strings (redis.io/docs/latest/develop/reference/protocol-spec). */
    private final class Commands {
        private Buffer rest = Buffer.buffer();
        private int at;

        void take(Buffer bytes, NetSocket redis) {
            rest = rest.appendBuffer(bytes);
            at = 0;
            while (skipCommand()) {
                Buffer command = rest.getBuffer(0, at);
                passOrKeep(() -> redis.write(command).onFailure(gone -> close(redis)));
                rest = rest.getBuffer(at, rest.length());
                at = 0;
            }
        }

        private boolean skipCommand() {
            int parts = number();
            for (int part = 0; part < parts; part++) {
                int length = number();
                if (length < 0 || at + length + 2 > rest.length()) {
                    return false;
                }
                at += length + 2;
            }
            return parts > 0;
        }

        /** -1 if it has not come yet. */
        private int number() {
            for (int end = at; end + 1 < rest.length(); end++) {
                if (rest.getByte(end) == '\r') {
                    int number = Integer.parseInt(rest.getString(at + 1, end, StandardCharsets.US_ASCII.name()));
                    at = end + 2;
                    return number;
                }
            }
            return -1;
        }
    }
}
