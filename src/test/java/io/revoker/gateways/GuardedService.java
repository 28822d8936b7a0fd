package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A service behind gateways, which tells what it is sent, and allows everyone to keep that. */
final class GuardedService {
    private static final long INTERVAL_MILLIS = 500;

    private final Vertx vertx;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final HttpServer server;

    GuardedService(Vertx vertx) {
        this.vertx = vertx;
        server = get(vertx.createHttpServer(new HttpServerOptions().setMaxHeaderSize(64 << 10))
                .requestHandler(this::tell)
                .webSocketHandler(this::greet)
                .listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    /** Whether a request with that path and query has come. */
    boolean wasAsked(String uri) {
        return asked.contains(uri);
    }

    /** WebSockets and streams of events that are open. */
    int open() {
        return open.get();
    }

    private void greet(ServerWebSocket socket) {
        open.incrementAndGet();
        socket.closeHandler(end -> open.decrementAndGet());
        socket.writeTextMessage("hello").onFailure(gone -> {});
    }

    /** With a comment now and then: some proxies notice only by what they send that a client has left. */
    private void stream(HttpServerRequest request) {
        open.incrementAndGet();
        HttpServerResponse response = request.response();
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
        response.write("data: " + identity(request) + "\ndata: hello\n\n").onFailure(gone -> {});
        long timer = vertx.setPeriodic(
                INTERVAL_MILLIS, tick -> response.write(": still here\n\n").onFailure(gone -> {}));
        response.closeHandler(end -> {
            vertx.cancelTimer(timer);
            open.decrementAndGet();
        });
    }

    private static String identity(HttpServerRequest request) {
        return request.headers().entries().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).matches("x.auth.*"))
                .map(header -> header.getKey().toLowerCase(Locale.ROOT) + '=' + header.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private void tell(HttpServerRequest request) {
        asked.add(request.uri());
        if (request.path().equals("/events")) {
            stream(request);
            return;
        }
        StringBuilder told = new StringBuilder(request.method() + " " + request.uri() + "\n");
        request.headers()
                .forEach((name, value) -> told.append(name.toLowerCase(Locale.ROOT))
                        .append('=')
                        .append(value)
                        .append('\n'));
        request.body().onSuccess(body -> answer(request, told.append("body=").append(body)));
    }

    private static void answer(HttpServerRequest request, StringBuilder told) {
        request.response()
                .putHeader("Cache-Control", "public, max-age=60")
                .end(Buffer.buffer(told.toString()))
                .onFailure(gone -> {});
    }
}
