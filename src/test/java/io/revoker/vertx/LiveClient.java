package io.revoker.vertx;

import static io.revoker.testing.Waiting.get;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Opens connections of each kind, and tells how they end. */
final class LiveClient implements AutoCloseable {
    private static final int MANY = 20_000;

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final HttpClient http1;
    private final HttpClient http2;
    private final WebSocketClient sockets;
    private final ManagedChannel channel;

    LiveClient(int port) {
        this.port = port;
        HttpClientOptions options = new HttpClientOptions().setDefaultPort(port);
        http1 = vertx.createHttpClient(options);
        http2 = vertx.createHttpClient(new HttpClientOptions(options)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
        sockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(MANY));
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    /** What kinds of connections there are, and how they end when their token dies. */
    enum Kind {
        WEB_SOCKET("1008 token revoked"),
        EVENTS("end"),
        EVENTS_HTTP2("end"),
        DOWNLOAD("reset"),
        DOWNLOAD_HTTP2("reset"),
        POLL("401"),
        POLL_HTTP2("401"),
        GRPC("UNAUTHENTICATED token revoked");

        private final String end;

        Kind(String end) {
            this.end = end;
        }

        String end() {
            return end;
        }
    }

    /** Returns when the first bytes of it have come, or at once if there are none before its end. */
    CompletableFuture<String> open(Kind kind, String token) {
        return switch (kind) {
            case WEB_SOCKET -> get(socket(token).map(LiveClient::endOf));
            case EVENTS -> response(http1, "/events", token);
            case EVENTS_HTTP2 -> response(http2, "/events", token);
            case DOWNLOAD -> response(http1, "/download", token);
            case DOWNLOAD_HTTP2 -> response(http2, "/download", token);
            case POLL -> poll(http1, token);
            case POLL_HTTP2 -> poll(http2, token);
            case GRPC -> watch(token);
        };
    }

    io.vertx.core.Future<WebSocket> socket(String token) {
        return sockets.connect(new WebSocketConnectOptions()
                .setPort(port)
                .setHost("127.0.0.1")
                .putHeader("Authorization", "Bearer " + token));
    }

    static CompletableFuture<String> endOf(WebSocket socket) {
        CompletableFuture<String> end = new CompletableFuture<>();
        socket.closeHandler(closed -> end.complete(socket.closeStatusCode() + " " + socket.closeReason()));
        if (socket.isClosed()) {
            end.complete(socket.closeStatusCode() + " " + socket.closeReason());
        }
        return end;
    }

    private RequestOptions options(HttpMethod method, String path, String token) {
        return new RequestOptions()
                .setMethod(method)
                .setPort(port)
                .setHost("127.0.0.1")
                .setURI(path)
                .putHeader("Authorization", "Bearer " + token);
    }

    private CompletableFuture<String> response(HttpClient client, String path, String token) {
        CompletableFuture<String> end = new CompletableFuture<>();
        CompletableFuture<String> begun = new CompletableFuture<>();
        client.request(options(HttpMethod.GET, path, token))
                .compose(request -> request.send().onSuccess(response -> {
                    response.handler(bytes -> begun.complete("begun"));
                    response.endHandler(over -> end.complete(said(response)));
                    response.exceptionHandler(reset -> end.complete("reset"));
                }))
                .onFailure(failure -> end.complete("failed"));
        CompletableFuture.anyOf(begun, end)
                .orTimeout(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return end;
    }

    private static String said(HttpClientResponse response) {
        return response.statusCode() == 200 ? "end" : Integer.toString(response.statusCode());
    }

    private CompletableFuture<String> poll(HttpClient client, String token) {
        CompletableFuture<String> end = new CompletableFuture<>();
        client.request(options(HttpMethod.GET, "/poll", token))
                .compose(request -> request.send())
                .onSuccess(response -> end.complete(said(response)))
                .onFailure(failure -> end.complete("failed " + failure));
        return end;
    }

    /** Begins one by HTTP/2. */
    io.vertx.core.Future<HttpClientRequest> upload(String token) {
        return http2.request(options(HttpMethod.POST, "/upload", token)).onSuccess(request -> request.setChunked(true));
    }

    private CompletableFuture<String> watch(String token) {
        CompletableFuture<String> end = new CompletableFuture<>();
        CompletableFuture<String> begun = new CompletableFuture<>();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        HealthGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
                    @Override
                    public void onNext(HealthCheckResponse response) {
                        begun.complete("begun");
                    }

                    @Override
                    public void onError(Throwable failure) {
                        Status status = Status.fromThrowable(failure);
                        end.complete(status.getCode() + " "
                                + Optional.ofNullable(status.getDescription()).orElse(""));
                    }

                    @Override
                    public void onCompleted() {
                        end.complete("OK");
                    }
                });
        CompletableFuture.anyOf(begun, end)
                .orTimeout(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return end;
    }

    /** As a client does whose program ends. */
    void hangUp() {
        get(http1.close());
        get(http2.close());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        get(vertx.close());
    }
}
