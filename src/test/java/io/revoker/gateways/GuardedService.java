package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A service behind gateways, which tells what it is sent, and allows everyone to keep that. */
final class GuardedService {
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    GuardedService(Vertx vertx) {
        server = get(vertx.createHttpServer(new HttpServerOptions().setMaxHeaderSize(64 << 10))
                .requestHandler(this::tell)
                .webSocketHandler(socket -> socket.writeTextMessage("hello"))
                .listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    /** Whether a request with that path and query has come. */
    boolean wasAsked(String uri) {
        return asked.contains(uri);
    }

    private void tell(HttpServerRequest request) {
        asked.add(request.uri());
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
