package io.revoker.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The yardstick of the HTTP side: a Vert.x server with the options of the service and as many event loops, that reads a request with its body and always
 * answers the same bytes. Arguments: the port, the body in base64, then the headers, name and value in turn.
 */
public final class PlainServer extends VerticleBase {
    /** A system property; if true, each request goes over the event bus, as a check does. */
    static final String HOP = "revoker.bench.hop";

    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private final String address = UUID.randomUUID().toString();
    private final boolean hop = Boolean.getBoolean(HOP);
    private final Buffer body;
    private final List<String> headers;
    private final int port;

    private PlainServer(String[] arguments) {
        this.port = Integer.parseInt(arguments[0]);
        this.body = Buffer.buffer(Base64.getDecoder().decode(arguments[1]));
        this.headers = List.of(arguments).subList(2, arguments.length);
    }

    public static void main(String[] arguments) throws InterruptedException {
        int instances = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(instances));
        Await.result(Future.all(Stream.generate(() -> new PlainServer(arguments))
                .limit(instances)
                .map(vertx::deployVerticle)
                .toList()));
        System.out.println("ready on http://127.0.0.1:" + arguments[0]);
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(60)
                .setMaxInitialLineLength(16 * 1024)
                .setMaxHeaderSize(16 * 1024);
        vertx.eventBus().<String>localConsumer(address, message -> message.reply(message.body()));
        return vertx.createHttpServer(options).requestHandler(this::handle).listen(port, "127.0.0.1");
    }

    private void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)) {
            decide(request);
        } else {
            request.body().onSuccess(read -> decide(request)).onFailure(lost -> {});
        }
    }

    private void decide(HttpServerRequest request) {
        if (hop) {
            vertx.eventBus()
                    .request(address, request.path(), LOCAL)
                    .onSuccess(reply -> answer(request.response()))
                    .onFailure(lost -> {});
        } else {
            answer(request.response());
        }
    }

    private void answer(HttpServerResponse response) {
        for (int i = 0; i < headers.size(); i += 2) {
            response.putHeader(headers.get(i), headers.get(i + 1));
        }
        response.end(body).onFailure(lost -> {});
    }
}
