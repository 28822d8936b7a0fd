package io.revoker.http.server;

import io.revoker.config.GrpcConfig;
import io.revoker.config.HttpConfig;
import io.revoker.http.InFlightLimit;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** The listener for calls by gRPC. Deployed once per event loop; all instances share one port. */
public final class GrpcVerticle extends VerticleBase {
    /** A free port that all instances share, but not with the listener for clients. */
    private static final int SHARED_FREE_PORT = -2;

    private final GrpcConfig grpc;
    private final HttpConfig http;
    private final ListenerOptions bounds;
    private final Optional<PemKeyCertOptions> certificate;
    private final InFlightLimit inFlight;
    private final Function<Vertx, Method> method;
    private final HealthMethods health;
    private HttpServer server;

    /** A method of the service, beside those of health checks, and what answers its calls. */
    public record Method(ServiceMethod<Buffer, Buffer> name, Handler<GrpcServerRequest<Buffer, Buffer>> answers) {}

    /**
     * Listens when it is deployed.
     *
     * @param certificate present if it speaks TLS
     * @param method made on the event loop of this verticle
     */
    @SuppressWarnings("NullAway.Init")
    public GrpcVerticle(
            GrpcConfig grpc,
            HttpConfig http,
            Optional<PemKeyCertOptions> certificate,
            InFlightLimit inFlight,
            ServingStatus serving,
            Function<Vertx, Method> method) {
        this.grpc = grpc;
        this.http = http;
        this.bounds = new ListenerOptions(http);
        this.certificate = certificate;
        this.inFlight = inFlight;
        this.method = method;
        this.health = new HealthMethods(serving);
    }

    @Override
    public Future<?> start() {
        Method own = method.apply(vertx);
        Map<ServiceMethod<Buffer, Buffer>, Handler<GrpcServerRequest<Buffer, Buffer>>> methods =
                new HashMap<>(health.methods(own.name().serviceName()));
        methods.put(own.name(), own.answers());
        GrpcServer calls = GrpcServer.server(vertx, limits());
        methods.forEach(calls::callHandler);
        inFlight.expect(Stream.of("/" + own.name().fullMethodName()));
        ConnectionTimeouts timeouts = new ConnectionTimeouts(vertx, http);
        GrpcDispatch dispatch = new GrpcDispatch(vertx, timeouts, HealthMethods.WATCH, methods.keySet(), calls);
        RequestGuard guard = new RequestGuard(vertx, UnreadableRequest.within(http), dispatch);
        health.watch(vertx);
        server = vertx.createHttpServer(options())
                .connectionHandler(timeouts::opened)
                .invalidRequestHandler(guard::refuse)
                .requestHandler(guard);
        return server.listen(grpc.port() == 0 ? SHARED_FREE_PORT : grpc.port(), grpc.host())
                .recover(failure -> Future.failedFuture(ListenFailure.of("grpc", grpc.host(), grpc.port(), failure)));
    }

    public int port() {
        return server.actualPort();
    }

    /** Once this is done, every new handshake uses this certificate; existing connections stay. */
    public Future<Boolean> present(PemKeyCertOptions renewed) {
        return server.updateSSLOptions(bounds.secure(options(), renewed).getSslOptions());
    }

    /** Stops listening, lets the calls in flight finish within the drain time-out, and closes the connections. */
    @Override
    public Future<?> stop() {
        health.end();
        return server.shutdown(http.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private GrpcServerOptions limits() {
        GrpcServerOptions options =
                new GrpcServerOptions().setMaxMessageSize(grpc.maxMessageSize().bytes());
        Set.of(GrpcProtocol.WEB, GrpcProtocol.WEB_TEXT, GrpcProtocol.TRANSCODING)
                .forEach(options::removeEnabledProtocol);
        return options;
    }

    private HttpServerOptions options() {
        HttpServerOptions options = bounds.inClearText(grpc.maxStreams()).setHttp2ClearTextEnabled(true);
        certificate.ifPresent(own -> bounds.secure(options, own));
        return options;
    }
}
