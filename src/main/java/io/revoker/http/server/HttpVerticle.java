package io.revoker.http.server;

import io.revoker.config.HttpConfig;
import io.revoker.http.DirectRoute;
import io.revoker.http.Edge;
import io.revoker.http.Served;
import io.revoker.http.Traffic;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** The listener for clients. Deployed once per event loop; all instances share one port. */
public final class HttpVerticle extends VerticleBase {
    private static final int FORM_FIELDS = 16;

    /** Leaves it to the bound of bodies to refuse a form: this one answers 400 instead of 413. */
    private static final int FORM_SLACK = 2 * HttpServerOptions.DEFAULT_MAX_CHUNK_SIZE;

    private static final int STREAMS = 100;

    /** A free port that all instances share; 0 would give each its own. */
    private static final int SHARED_FREE_PORT = -1;

    private final HttpConfig http;
    private final Optional<PemKeyCertOptions> certificate;
    private final Traffic traffic;
    private final Function<Edge, Served> routes;
    private HttpServer server;

    /**
     * Listens when it is deployed.
     *
     * @param certificate present if it speaks TLS
     * @param routes made on the event loop of this verticle
     */
    @SuppressWarnings("NullAway.Init")
    public HttpVerticle(
            HttpConfig http, Optional<PemKeyCertOptions> certificate, Traffic traffic, Function<Edge, Served> routes) {
        this.http = http;
        this.certificate = certificate;
        this.traffic = traffic;
        this.routes = routes;
    }

    @Override
    public Future<?> start() {
        traffic.watch(vertx);
        ConnectionGuard guard = new ConnectionGuard(vertx, http);
        Router router = Router.router(vertx);
        Optional<RouteSpans> spans = RouteSpans.of(vertx);
        spans.ifPresent(named -> router.route().handler(named));
        Served served = routes.apply(new Edge(vertx, guard::exempt, traffic.precedence()));
        router.route().handler(guard).handler(new Entrance(traffic)).handler(served.hosts());
        served.routed().forEach(group -> group.mount(router));
        traffic.expect(Stream.concat(
                served.direct().stream().map(DirectRoute::name),
                router.getRoutes().stream().map(Route::getPath).filter(path -> path != null)));
        new Fallback().mount(router);
        Reception reception = new Reception(guard, traffic, served.direct(), router);
        Front front = new Front(
                vertx,
                UnreadableRequest.within(http),
                spans.map(named -> named.before(reception)).orElse(reception));
        server = vertx.createHttpServer(options())
                .connectionHandler(guard::opened)
                .invalidRequestHandler(front::refuse)
                .requestHandler(front);
        return server.listen(http.port() == 0 ? SHARED_FREE_PORT : http.port(), http.host())
                .recover(failure -> Future.failedFuture(ListenFailure.of("http", http.host(), http.port(), failure)));
    }

    public int port() {
        return server.actualPort();
    }

    /** From when this is done on, every handshake is made with this certificate; what is connected stays so. */
    public Future<Boolean> present(PemKeyCertOptions renewed) {
        HttpServerOptions options = options();
        secure(options, renewed);
        return server.updateSSLOptions(options.getSslOptions());
    }

    /** Stops listening, lets the requests in flight finish within the drain time-out, and closes the connections. */
    @Override
    public Future<?> stop() {
        return server.shutdown(http.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(Listeners.mayHaveHttp2InClearText(vertx))
                .setAcceptBacklog(http.backlog())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) http.idleTimeout().toMillis())
                .setMaxInitialLineLength(http.maxInitialLine().toInt())
                .setMaxHeaderSize(http.maxHeaderSize().toInt())
                .setMaxFormFields(FORM_FIELDS)
                .setMaxFormAttributeSize(http.maxBodySize().toInt() + FORM_SLACK)
                .setMaxFormBufferedBytes(http.maxBodySize().toInt() + FORM_SLACK)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(STREAMS)
                        .setMaxHeaderListSize(http.maxHeaderSize().toInt()))
                // With either of them Netty closes a connection that pipelines more than 128 requests, and logs a stack
                // trace for each.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        certificate.ifPresent(own -> secure(options, own));
        return options;
    }

    private void secure(HttpServerOptions options, PemKeyCertOptions own) {
        options.setSslHandshakeTimeout(http.headerTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setSsl(true).setUseAlpn(true).setKeyCertOptions(own);
    }
}
