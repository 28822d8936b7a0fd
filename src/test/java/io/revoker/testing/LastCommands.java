package io.revoker.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A relay to Redis that passes only as many more commands as a test allows. To Redis, the client dies between two
 * commands, even between two that were written together.
 */
public final class LastCommands {
    private final Relay way;
    private final List<Runnable> kept = new ArrayList<>();
    private int left = Integer.MAX_VALUE;

    private LastCommands(Vertx vertx, String url) {
        this.way = Relay.to(vertx, url, connection -> new Commands(connection)::take);
    }

    /** Lets everything pass. */
    public static LastCommands to(Vertx vertx, String url) {
        return new LastCommands(vertx, url);
    }

    /** With the password of the server. */
    public String url() {
        return way.url();
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

    /** Cuts what comes into commands: arrays of bulk strings (redis.io/docs/latest/develop/reference/protocol-spec). */
    private final class Commands {
        private final Relay.Connection connection;
        private Buffer rest = Buffer.buffer();
        private int at;

        Commands(Relay.Connection connection) {
            this.connection = connection;
        }

        void take(Buffer bytes) {
            rest = rest.appendBuffer(bytes);
            at = 0;
            while (skipCommand()) {
                Buffer command = rest.getBuffer(0, at);
                passOrKeep(() -> connection.pass(command));
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
