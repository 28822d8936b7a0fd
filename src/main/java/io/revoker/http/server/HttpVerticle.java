package io.revoker.http.server;

import io.revoker.config.HttpConfig;
import io.revoker.http.DirectRoute;
import io.revoker.http.InFlightLimit;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** The listener for clients. Deployed once per event loop; all instances share one port. */
public final class HttpVerticle extends VerticleBase {
    private static final int FORM_FIELDS = 16;

    /**
     * Slack, so that a form that is too large is refused by the bound of bodies with 413, and not by this one with
     * 400.
     */
    private static final int FORM_SLACK = 2 * HttpServerOptions.DEFAULT_MAX_CHUNK_SIZE;

    private static final int STREAMS = 100;

    /** A free port that all instances share; 0 would give each its own. */
    private static final int SHARED_FREE_PORT = -1;

    private final HttpConfig http;
    private final ListenerOptions bounds;
    private final Optional<PemKeyCertOptions> certificate;
    private final InFlightLimit inFlight;
    private final Function<RouteContext, RouteSet> routes;
    private List<Routes> routed = List.of();
    private HttpServer server;

    /**
     * Listens when it is deployed.
     *
     * @param certificate present if it speaks TLS
     * @param routes made on the event loop of this verticle
     */
    @SuppressWarnings("NullAway.Init")
    public HttpVerticle(
            HttpConfig http,
            Optional<PemKeyCertOptions> certificate,
            InFlightLimit inFlight,
            Function<RouteContext, RouteSet> routes) {
        this.http = http;
        this.bounds = new ListenerOptions(http);
        this.certificate = certificate;
        this.inFlight = inFlight;
        this.routes = routes;
    }

    @Override
    public Future<?> start() {
        inFlight.watch(vertx);
        ConnectionTimeouts timeouts = new ConnectionTimeouts(vertx, http);
        Router router = Router.router(vertx);
        Optional<RouteSpans> spans = RouteSpans.of(vertx);
        spans.ifPresent(named -> router.route().handler(named));
        RouteSet served = routes.apply(new RouteContext(vertx, timeouts::exempt, inFlight.priority()));
        router.route().handler(timeouts).handler(new RequestMeter(inFlight)).handler(served.hosts());
        routed = served.routed();
        routed.forEach(group -> group.mount(router));
        inFlight.expect(Stream.concat(
                served.direct().stream().map(DirectRoute::name),
                router.getRoutes().stream().map(Route::getPath).filter(path -> path != null)));
        new FailureHandler().mount(router);
        DirectDispatch dispatch = new DirectDispatch(timeouts, inFlight, served.direct(), router);
        RequestGuard guard = new RequestGuard(
                vertx,
                UnreadableRequest.within(http),
                spans.map(named -> named.before(dispatch)).orElse(dispatch));
        server = vertx.createHttpServer(options())
                .connectionHandler(timeouts::opened)
                .invalidRequestHandler(guard::refuse)
                .requestHandler(guard);
        return server.listen(http.port() == 0 ? SHARED_FREE_PORT : http.port(), http.host())
                .recover(failure -> Future.failedFuture(ListenFailure.of("http", http.host(), http.port(), failure)));
    }

    public int port() {
        return server.actualPort();
    }

    /** Once this is done, every new handshake uses this certificate; existing connections stay. */
    public Future<Boolean> present(PemKeyCertOptions renewed) {
        HttpServerOptions options = options();
        secure(options, renewed);
        // Forced, because the content of the file of authorities may have changed, though its name has not.
        return server.updateSSLOptions(options.getSslOptions(), /* force= */ true);
    }

    /** Stops listening, lets the requests in flight finish within the drain time-out, and closes the connections. */
    @Override
    public Future<?> stop() {
        routed.forEach(Routes::leave);
        return server.shutdown(http.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private HttpServerOptions options() {
        HttpServerOptions options = bounds.inClearText(STREAMS)
                .setHttp2ClearTextEnabled(BoundedVertx.mayHaveHttp2InClearText(vertx))
                .setMaxInitialLineLength(http.maxInitialLine().toInt())
                .setMaxFormFields(FORM_FIELDS)
                .setMaxFormAttributeSize(http.maxBodySize().toInt() + FORM_SLACK)
                .setMaxFormBufferedBytes(http.maxBodySize().toInt() + FORM_SLACK);
        certificate.ifPresent(own -> secure(options, own));
        return options;
    }

    private void secure(HttpServerOptions options, PemKeyCertOptions own) {
        bounds.secure(options, own);
        http.tls()
                .clientAuthorities()
                .ifPresent(authorities -> options.setClientAuth(ClientAuth.REQUEST)
                        .setTrustOptions(new PemTrustOptions().addCertPath(authorities.toString())));
    }
}
