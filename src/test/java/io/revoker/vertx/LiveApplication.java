package io.revoker.vertx;

import static io.revoker.testing.Waiting.get;

import io.revoker.client.RevokerClient;
import io.revoker.client.live.LiveConnections;
import io.revoker.client.view.RevocationView;
import io.revoker.client.view.RevocationViewBuilder;
import io.revoker.client.view.TokenKey;
import io.revoker.testing.Waiting;
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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A small application whose connections stay open, and end when their tokens die. */
final class LiveApplication implements AutoCloseable {
    /** On a machine that does other work heartbeats may come late. */
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private static final ServiceMethod<Buffer, Buffer> WATCH = ServiceMethod.server(
            ServiceName.create("grpc.health.v1", "Health"),
            "Watch",
            GrpcMessageEncoder.IDENTITY,
            GrpcMessageDecoder.IDENTITY);
    /** {@code SERVING}. */
    private static final Buffer MESSAGE = Buffer.buffer(new byte[] {8, 1});

    private final Vertx vertx = Vertx.vertx();
    private final RevokerClient client;
    private final RevocationView view;
    private final LiveConnections live;
    private final HttpServer server;
    private final GrpcServer grpc = GrpcServer.server(vertx);
    private final Map<String, TokenKey> keys = new ConcurrentHashMap<>();
    private final AtomicInteger heard = new AtomicInteger();

    private LiveApplication(URI service, int most, UnaryOperator<RevocationViewBuilder> how) {
        client = RevokerClient.builder(service)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        view = how.apply(RevocationView.builder(client).bound(PATIENT)).open();
        live = LiveConnections.of(view, most);
        grpc.callHandler(WATCH, call -> call.response().write(MESSAGE));
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(true);
        server = get(vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .webSocketHandler(this::greet)
                .listen(0, "127.0.0.1"));
    }

    static LiveApplication at(URI service) {
        return at(service, 100_000, how -> how);
    }

    static LiveApplication at(URI service, int most, UnaryOperator<RevocationViewBuilder> how) {
        LiveApplication application = new LiveApplication(service, most, how);
        Waiting.until("fresh", () -> application.view.status().isFresh());
        return application;
    }

    RevocationView view() {
        return view;
    }

    LiveConnections live() {
        return live;
    }

    int port() {
        return server.actualPort();
    }

    /** Messages and pieces of bodies that have come from clients. */
    int heard() {
        return heard.get();
    }

    /** From now on it takes a token of joe in corp for good. */
    void know(String token, Instant issuedAt) {
        know(
                token,
                TokenKey.of(token).realm("corp").user("joe").issuedAt(issuedAt).build());
    }

    /** From now on it takes a token for good. */
    void know(String token, TokenKey key) {
        keys.put(token, key);
    }

    private TokenKey keyOf(String token) {
        return Objects.requireNonNull(keys.get(token), "not known");
    }

    private static String token(String authorization) {
        return authorization.substring("Bearer ".length());
    }

    private void greet(ServerWebSocket socket) {
        String token = token(socket.headers().get("Authorization"));
        socket.textMessageHandler(message -> heard.incrementAndGet());
        if (live.add(token, keyOf(token), VertxConnection.of(socket))) {
            socket.writeTextMessage("hello").onFailure(gone -> {});
        }
    }

    private void answer(HttpServerRequest request) {
        String token = token(request.getHeader("Authorization"));
        if (!live.add(token, keyOf(token), VertxConnection.of(request))) {
            return;
        }
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/events" -> begin(response, "text/event-stream", "data: 1\n\n");
            case "/download" -> begin(response, "application/octet-stream", "begun");
            case "/upload" -> request.handler(piece -> heard.incrementAndGet());
            case "/poll" -> response.putHeader("Content-Length", "1000");
            default -> grpc.handle(request);
        }
    }

    private static void begin(HttpServerResponse response, String type, String first) {
        response.setChunked(true).putHeader("Content-Type", type).write(first).onFailure(gone -> {});
    }

    @Override
    public void close() {
        live.close();
        view.close();
        client.close();
        get(vertx.close());
    }
}
