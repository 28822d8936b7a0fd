package io.revoker.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A second pair of eyes on a Redis, a single one or a Cluster: a blocking client that shares no code with the store. */
public final class RedisClient implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile(":(\\d+)(?=[,/#]|$)");
    private static final Pattern USER = Pattern.compile("//(.*):(.*)@");
    private static final Pattern MOVED = Pattern.compile("-MOVED \\d+ .*:(\\d+)");

    private final Socket socket;
    private final DataInputStream in;
    private final Map<Integer, RedisClient> others = new TreeMap<>();

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

    /** Whether a server at a port says yes. One that is not there, or ends meanwhile, says no: one of a Cluster ends if its other port is taken. */
    static boolean says(int port, Predicate<RedisClient> question) {
        Optional<RedisClient> connected = attempt(port);
        if (connected.isEmpty()) {
            return false;
        }
        try (RedisClient client = connected.get()) {
            return question.test(client);
        } catch (UncheckedIOException ended) {
            return false;
        }
    }

    /** To the primary that the URL leads to; in a Cluster to all the nodes that it names. As its user, if it has one. */
    public static RedisClient of(String url) {
        return url.startsWith("redis-sentinel:") ? ofSentinel(url) : ofServers(url);
    }

    private static RedisClient ofSentinel(String url) {
        try (RedisClient sentinel = ofServers(url)) {
            List<?> primary =
                    (List<?>) sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", url.substring(url.indexOf('#') + 1));
            return await(Integer.parseInt((String) primary.get(1)));
        }
    }

    private static RedisClient ofServers(String url) {
        List<Integer> ports = PORT.matcher(url)
                .results()
                .map(port -> Integer.parseInt(port.group(1)))
                .toList();
        RedisClient first = await(ports.get(0));
        Optional.of(USER.matcher(url))
                .filter(Matcher::find)
                .ifPresent(user -> first.call("AUTH", user.group(1), user.group(2)));
        ports.stream().skip(1).forEach(first::other);
        return first;
    }

    /** The reply: text (an error's begins with a dash), a number as text, "nil", or a list of such; of the node that has the key. */
    public Object call(String... command) {
        Object reply = callHere(command);
        Matcher elsewhere = MOVED.matcher(reply.toString());
        return elsewhere.matches() ? other(Integer.parseInt(elsewhere.group(1))).call(command) : reply;
    }

    private RedisClient other(int port) {
        return others.computeIfAbsent(port, RedisClient::await);
    }

    private Object callHere(String... command) {
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

    /** How often a command was called since the server began or was told to count anew, also by scripts. */
    public long calls(String command) {
        String begin = "cmdstat_" + command + ":calls=";
        return call("INFO", "commandstats")
                .toString()
                .lines()
                .filter(line -> line.startsWith(begin))
                .mapToLong(line -> Long.parseLong(line.substring(begin.length(), line.indexOf(','))))
                .sum();
    }

    /** All keys that begin so, on every node. */
    public List<String> keys(String prefix) {
        List<String> found = new ArrayList<>();
        others.values().forEach(node -> found.addAll(node.keys(prefix)));
        String cursor = "0";
        do {
            List<?> page = (List<?>) callHere("SCAN", cursor, "MATCH", prefix + "*", "COUNT", "1000");
            cursor = (String) page.get(0);
            ((List<?>) page.get(1)).forEach(key -> found.add((String) key));
        } while (!cursor.equals("0"));
        return found;
    }

    @Override
    public void close() {
        others.values().forEach(RedisClient::close);
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
