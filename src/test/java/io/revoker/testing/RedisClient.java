package io.revoker.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A second pair of eyes on a Redis: a blocking client that shares no code with the store. */
public final class RedisClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    private RedisClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects as soon as the port is open. */
    public static RedisClient await(int port) {
        List<RedisClient> connected = new ArrayList<>();
        Waiting.until(
                "port " + port + " open",
                () -> attempt(port).map(connected::add).orElse(false));
        return connected.get(0);
    }

    static boolean canConnect(int port) {
        Optional<RedisClient> client = attempt(port);
        client.ifPresent(RedisClient::close);
        return client.isPresent();
    }

    /** Connects as soon as the port is open, as the user of the URL if it has one. */
    public static RedisClient of(String url) {
        URI server = URI.create(url);
        RedisClient client = await(server.getPort());
        Optional.ofNullable(server.getUserInfo())
                .map(user -> user.split(":", 2))
                .ifPresent(user -> client.call("AUTH", user[0], user[1]));
        return client;
    }

    public void awaitReady() {
        Waiting.until("Redis ready", () -> call("PING").equals("PONG"));
    }

    /** The reply: text (an error's begins with a dash), a number as text, "nil", or a list of such. */
    public Object call(String... command) {
        StringBuilder out = new StringBuilder("*" + command.length + "\r\n");
        for (String part : command) {
            out.append('$').append(part.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
            out.append(part).append("\r\n");
        }
        try {
            socket.getOutputStream().write(out.toString().getBytes(StandardCharsets.UTF_8));
            return reply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long number(String... command) {
        return Long.parseLong((String) call(command));
    }

    /** All keys that begin so. */
    public List<String> keys(String prefix) {
        List<String> found = new ArrayList<>();
        String cursor = "0";
        do {
            List<?> page = (List<?>) call("SCAN", cursor, "MATCH", prefix + "*", "COUNT", "1000");
            cursor = (String) page.get(0);
            ((List<?>) page.get(1)).forEach(key -> found.add((String) key));
        } while (!cursor.equals("0"));
        return found;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<RedisClient> attempt(int port) {
        try {
            return Optional.of(new RedisClient(port));
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private Object reply() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            case '-' -> line;
            default -> rest;
        };
    }

    private Object bulk(int length) throws IOException {
        if (length < 0) {
            return "nil";
        }
        byte[] bytes = new byte[length + 2];
        in.readFully(bytes);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private List<Object> array(int length) throws IOException {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(reply());
        }
        return items;
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("connection closed");
            }
            text.append((char) c);
        }
        int newline = in.read();
        return newline == '\n' ? text.toString() : text.append((char) newline).toString();
    }
}
