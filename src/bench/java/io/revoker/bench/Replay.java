package io.revoker.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The very calls that a sweep has made of one server, as of another instant, from connections that do nothing else: no index is read, no answer is
 * looked at. What this takes is what the server takes.
 */
final class Replay {
    private static final int CONNECTIONS = 8;
    private static final int PIPELINE = 8;

    private final int port;
    private final List<byte[]> calls;
    private final AtomicInteger next = new AtomicInteger();

    private Replay(int port, List<byte[]> calls) {
        this.port = port;
        this.calls = calls;
    }

    /** @param calls of a sweep, each in words */
    static Replay of(int port, List<List<String>> calls) {
        return new Replay(port, calls.stream().map(Replay::encoded).toList());
    }

    /** Runs several to their end. */
    static void runAll(List<Replay> replays) {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS * replays.size());
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (Replay replay : replays) {
                Stream.generate(() -> CompletableFuture.runAsync(replay::run, threads))
                        .limit(CONNECTIONS)
                        .forEach(running::add);
            }
            running.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    private void run() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Replies replies = Replies.of(socket.getInputStream());
            for (int from = next.getAndAdd(PIPELINE); from < calls.size(); from = next.getAndAdd(PIPELINE)) {
                List<byte[]> some = calls.subList(from, Math.min(calls.size(), from + PIPELINE));
                socket.getOutputStream().write(joined(some));
                for (int i = 0; i < some.size(); i++) {
                    replies.skip();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] encoded(List<String> words) {
        StringBuilder call = new StringBuilder("*" + words.size() + "\r\n");
        words.forEach(word -> call.append('$')
                .append(word.length())
                .append("\r\n")
                .append(word)
                .append("\r\n"));
        return call.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
