package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A service behind gateways, which tells what it is sent, and allows everyone to keep that. */
final class GuardedService {
    private static final long INTERVAL_MILLIS = 500;
    private static final ServiceMethod<Buffer, Buffer> WATCH = ServiceMethod.server(
            ServiceName.create("grpc.health.v1", "Health"),
            "Watch",
            GrpcMessageEncoder.IDENTITY,
            GrpcMessageDecoder.IDENTITY);
    /** {@code SERVING}. */
    private static final Buffer MESSAGE = Buffer.buffer(new byte[] {8, 1});

    private final Vertx vertx;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final GrpcServer calls;
    private final HttpServer server;

    GuardedService(Vertx vertx) {
        this.vertx = vertx;
        calls = GrpcServer.server(vertx)
                .callHandler(WATCH, call -> call.response().write(MESSAGE));
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

    /** WebSockets, streams of events and calls of gRPC that are open. */
    int open() {
        return open.get();
    }

    private void greet(ServerWebSocket socket) {
        open.incrementAndGet();
        socket.closeHandler(end -> open.decrementAndGet());
        socket.writeTextMessage("hello").onFailure(gone -> {});
    }

    /** With a comment now and then: some proxies notice only by what they send that a client has left. */
    private void stream(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
        response.write("data: " + identity(request) + "\ndata: " + request.method() + ' ' + body + "\ndata: hello\n\n")
                .onFailure(gone -> {});
        long timer = vertx.setPeriodic(
                INTERVAL_MILLIS, tick -> response.write(": still here\n\n").onFailure(gone -> {}));
        count(response, () -> vertx.cancelTimer(timer));
    }

    private void count(HttpServerResponse response, Runnable atTheEnd) {
        open.incrementAndGet();
        response.closeHandler(end -> {
            open.decrementAndGet();
            atTheEnd.run();
        });
    }

    private void call(HttpServerRequest request) {
        count(request.response(), () -> {});
        calls.handle(request);
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
        switch (request.path()) {
            case "/events" -> request.body().onSuccess(body -> stream(request, body));
            case "/grpc.health.v1.Health/Watch" -> call(request);
            default -> repeat(request);
        }
    }

    private static void repeat(HttpServerRequest request) {
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
