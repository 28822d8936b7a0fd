package io.revoker.http.server;

import io.revoker.config.HttpConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.transport.Transport;
import java.util.Optional;

/**
 * Creates the Vert.x whose listeners are bounded: in the number of connections, and in the time until the first head
 * of each.
 */
public final class BoundedVertx {
    private final HttpConfig limits;

    public BoundedVertx(HttpConfig limits) {
        this.limits = limits;
    }

    /**
     * Builds it, with the native transport if there is one.
     *
     * @param metrics of its event bus, its pools and its connections
     * @param tracer present if it is to be traced
     */
    public VertxBuilder builder(VertxMetricsFactory metrics, Optional<VertxTracerFactory> tracer) {
        Transport platform = Optional.ofNullable(Transport.nativeTransport())
                .filter(Transport::available)
                .orElse(Transport.NIO);
        VertxBuilder builder = Vertx.builder()
                .withMetrics(metrics)
                .withTransport(new AcceptLimitingTransport(platform.implementation(), this::bound));
        return tracer.map(builder::withTracer).orElse(builder);
    }

    /**
     * Whether listeners of a Vert.x may speak HTTP/2 in clear text. In a Vert.x that was not created here, nothing
     * forbids the {@link NoH2cUpgrade Upgrade} to it.
     */
    static boolean mayHaveHttp2InClearText(Vertx vertx) {
        return ((VertxInternal) vertx).transport() instanceof AcceptLimitingTransport;
    }

    private AcceptLimiter bound() {
        return new AcceptLimiter(limits.maxConnections(), limits.headerTimeout());
    }
}
