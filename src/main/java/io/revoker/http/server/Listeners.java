package io.revoker.http.server;

import io.revoker.config.HttpConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes the Vert.x whose listeners are bounded: each accepts so many connections, and waits so long for the first head on one. */
public final class Listeners {
    private final HttpConfig limits;
    private final List<BoundedAccept> bounds = new CopyOnWriteArrayList<>();

    public Listeners(HttpConfig limits) {
        this.limits = limits;
    }

    /**
     * Makes it, with the native transport if there is one.
     *
     * @param metrics of its event bus, its pools and its connections
     * @param tracer if it is to be traced
     */
    public Vertx vertx(int eventLoops, VertxMetricsFactory metrics, Optional<VertxTracerFactory> tracer) {
        Transport platform = Optional.ofNullable(Transport.nativeTransport())
                .filter(Transport::available)
                .orElse(Transport.NIO);
        VertxBuilder builder = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(eventLoops))
                .withMetrics(metrics)
                .withTransport(new BoundedTransport(platform.implementation(), this::bound));
        tracer.ifPresent(builder::withTracer);
        return builder.build();
    }

    /**
     * Whether listeners in a Vert.x may speak HTTP/2 in clear text: in one that was not made here nothing keeps them from changing to it by
     * {@link NoUpgrade Upgrade}.
     */
    static boolean mayHaveHttp2InClearText(Vertx vertx) {
        return ((VertxInternal) vertx).transport() instanceof BoundedTransport;
    }

    /** Connections that are open now, of all listeners. */
    public int connections() {
        return bounds.stream().mapToInt(BoundedAccept::open).sum();
    }

    private BoundedAccept bound() {
        BoundedAccept bound = new BoundedAccept(limits.maxConnections(), limits.headerTimeout());
        bounds.add(bound);
        return bound;
    }
}
