package io.revoker.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a snapshot with many tokens, and a feed of heartbeats. */
final class ViewServer implements AutoCloseable {
    private static final int HEAD = 40;
    private static final int INTERVAL = 500;
    /** Bytes: of more the server makes a copy that it keeps. */
    private static final int TOGETHER = 1 << 14;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final long began = System.nanoTime();
    private final long stamp = System.currentTimeMillis() * 1000;

    private ViewServer(HttpServer server) {
        this.server = server;
    }

    static ViewServer start(int tokens, int marks) throws IOException {
        ViewServer served =
                new ViewServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        byte[] snapshot = served.snapshot(tokens, marks);
        served.server.setExecutor(served.threads);
        served.server.createContext("/v1/revocations/snapshot", exchange -> send(exchange, snapshot));
        served.server.createContext("/v1/revocations/stream", served::follow);
        served.server.start();
        return served;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static String token(int number) {
        return "token-" + number;
    }

    /** As the feed names it. */
    static long hash(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] snapshot(int tokens, int marks) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + 2 * Long.BYTES * marks + Long.BYTES * tokens);
        bytes.put("RVKS".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) Long.BYTES);
        bytes.putShort((short) 0).putLong(stamp).putLong(stamp - 86_400_000_000L);
        bytes.putInt(marks).putInt(0).putLong(tokens);
        for (int i = 0; i < marks; i++) {
            bytes.putLong(hash("umarked-" + i)).putLong(stamp);
        }
        long[] hashes = new long[tokens];
        for (int i = 0; i < tokens; i++) {
            hashes[i] = hash(token(i)) ^ Long.MIN_VALUE;
        }
        Arrays.sort(hashes);
        long before = Long.MIN_VALUE;
        for (long hash : hashes) {
            bytes.putLong(hash - before);
            before = hash;
        }
        return bytes.array();
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Revoker-Realms", "*");
            exchange.sendResponseHeaders(200, body.length);
            for (int from = 0; from < body.length; from += TOGETHER) {
                exchange.getResponseBody().write(body, from, Math.min(TOGETHER, body.length - from));
            }
        }
    }

    private long uptime() {
        return (System.nanoTime() - began) / 1_000_000;
    }

    private void follow(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Revoker-Realms", "*");
        exchange.getResponseHeaders().set("Revoker-Uptime", Long.toString(uptime()));
        exchange.sendResponseHeaders(200, 0);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            while (!threads.isShutdown()) {
                String beat = """
                        id: %d
                        event: heartbeat
                        data: {"stamp":"%d","time":"%3$s","as_of":"%3$s","uptime":%4$d}

                        """.formatted(stamp, stamp, Instant.now(), uptime());
                out.write(beat.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
