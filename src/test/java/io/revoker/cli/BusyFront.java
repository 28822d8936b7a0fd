package io.revoker.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands requests on to a service, but answers 503 to each one when it comes for the first time. */
final class BusyFront implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final RunningService service;
    private final HttpServer server;
    private final String broken;

    private BusyFront(RunningService service, HttpServer server, String broken) {
        this.service = service;
        this.server = server;
        this.broken = broken;
    }

    static BusyFront of(RunningService service) {
        return without(service, "nothing");
    }

    /** The same, and a request with this path always gets 500. */
    static BusyFront without(RunningService service, String path) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            BusyFront front = new BusyFront(service, server, path);
            server.createContext("/", front::answer);
            server.start();
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command for which this is the service. */
    CommandRun run(String... arguments) {
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        return CommandRun.in(Map.of("REVOKER_SERVER", address), "token\n", arguments);
    }

    /** The requests, in the order in which they came. */
    List<String> received() {
        return List.copyOf(received);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + ' ' + exchange.getRequestURI();
        boolean isNew = !received.contains(request);
        received.add(request);
        if (isNew) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        } else if (exchange.getRequestURI().getPath().equals(broken)) {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        } else {
            handOn(exchange);
        }
    }

    private void handOn(HttpExchange exchange) throws IOException {
        URI uri = service.uri(exchange.getRequestURI().toString());
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                .build();
        HttpResponse<byte[]> answer =
                http.sendAsync(request, BodyHandlers.ofByteArray()).join();
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
