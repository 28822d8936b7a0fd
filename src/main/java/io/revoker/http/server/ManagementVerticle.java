package io.revoker.http.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.config.Configuration.ManagementConfig;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.HostRule;
import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * The listener for operators, on a port of its own.
 *
 * <p>{@code GET /health/live}: 200 as long as the event loop runs; it never depends on Redis, so that a Redis outage
 * does not restart the service. {@code GET /metrics}: the metrics, in the text format of Prometheus, if they are
 * enabled; readiness is one of them, so it is determined first. {@code GET /health/ready}: 200 if the service can do
 * its work now, else 503; the body says what is missing.
 */
public final class ManagementVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 30;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final ManagementConfig management;
    private final Supplier<Future<Readiness>> open;
    private final Supplier<String> metrics;
    private Router router;
    private HttpServer server;
    private Supplier<Future<Void>> close = Future::succeededFuture;

    /**
     * @param open called on the event loop of this verticle
     * @param metrics the page that Prometheus reads
     */
    @SuppressWarnings("NullAway.Init")
    public ManagementVerticle(ManagementConfig management, Supplier<Future<Readiness>> open, Supplier<String> metrics) {
        this.management = management;
        this.open = open;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        return open.get().compose(this::listen);
    }

    @Override
    public Future<?> stop() {
        return close.get();
    }

    private Future<HttpServer> listen(Readiness readiness) {
        close = readiness::close;
        router = Router.router(vertx);
        router.route().handler(HostRule.ofOpen(management.host()));
        ReadOnly.mount(
                router,
                "/health/live",
                request -> Answer.json(
                        request, 200, JsonNodeFactory.instance.objectNode().put("status", "up")));
        if (management.metrics()) {
            ReadOnly.mount(router, "/metrics", request -> metrics(request, readiness));
        }
        ReadOnly.mount(router, "/health/ready", request -> ready(request, readiness));
        new FailureHandler().mount(router);
        RequestGuard guard = new RequestGuard(vertx, UnreadableRequest.withinDefaults(), router);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHttp2ClearTextEnabled(BoundedVertx.mayHaveHttp2InClearText(vertx))
                        .setIdleTimeout(IDLE_SECONDS)
                        .setTracingPolicy(TracingPolicy.IGNORE)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setPerFrameWebSocketCompressionSupported(false))
                .invalidRequestHandler(guard::refuse)
                .requestHandler(guard);
        return server.listen(management.port(), management.host())
                .recover(failure -> readiness
                        .close()
                        .transform(closed -> Future.failedFuture(
                                ListenFailure.of("management", management.host(), management.port(), failure))));
    }

    public int port() {
        return server.actualPort();
    }

    /**
     * Determines readiness first, because it is one of the metrics. Runs on a worker, because some meters read files
     * of the operating system.
     */
    private void metrics(RoutingContext request, Readiness readiness) {
        AsyncAnswer.by(
                request,
                readiness.missing().transform(asked -> vertx.executeBlocking(metrics::get)),
                page -> Answer.send(request, 200, PROMETHEUS, Buffer.buffer(page)));
    }

    private static void ready(RoutingContext request, Readiness readiness) {
        AsyncAnswer.by(request, readiness.missing().otherwise("readiness: unknown"), missing -> {
            var body = JsonNodeFactory.instance.objectNode();
            body.put("status", missing.isEmpty() ? "ready" : "not ready");
            if (!missing.isEmpty()) {
                body.put("missing", missing);
            }
            Answer.json(request, missing.isEmpty() ? 200 : 503, body);
        });
    }

    /** Determines what the service lacks. */
    public interface Readiness {
        /** What is missing, in words; empty if nothing is. */
        Future<String> missing();

        /** Called when readiness is no longer needed. */
        Future<Void> close();
    }
}
