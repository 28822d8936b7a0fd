package io.revoker.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An HTTP server that answers what the test says and remembers what it was asked. */
final class ScriptedNode implements AutoCloseable {
    record Received(String method, String uri, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    private record Script(int status, String body) {}

    private final HttpServer server;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile Script script = new Script(200, counts(0, 0));

    ScriptedNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    static String counts(int invalidated, int previously) {
        return "{\"invalidated_tokens\":" + invalidated + ",\"previously_invalidated_tokens\":" + previously
                + ",\"error_count\":0}";
    }

    ScriptedNode answering(int status, String body) {
        script = new Script(status, body);
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    RevokerClient client() {
        return RevokerClient.builder(uri()).build();
    }

    /** The request that was received first and not taken yet. */
    Received next() {
        return received.remove();
    }

    int untaken() {
        return received.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(body, StandardCharsets.UTF_8)));
        byte[] answer = script.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(script.status(), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
