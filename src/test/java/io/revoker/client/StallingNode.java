package io.revoker.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A TCP server that takes one connection, says what the test wants once a request has come, and then nothing more. */
final class StallingNode implements AutoCloseable {
    private final ServerSocket listener;
    private final String words;
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

    StallingNode(String words) {
        this.words = words;
        try {
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "stalling-node");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Ends when a request has come and the words are said. */
    CompletableFuture<Void> asked() {
        return asked;
    }

    /** Ends when the client has closed the connection. */
    CompletableFuture<Void> hungUp() {
        return hungUp;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        try (Socket connection = listener.accept()) {
            InputStream in = connection.getInputStream();
            in.readNBytes(1);
            OutputStream out = connection.getOutputStream();
            out.write(words.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            asked.complete(null);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            asked.completeExceptionally(e);
        }
        hungUp.complete(null);
    }
}
