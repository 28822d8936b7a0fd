package io.revoker.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.revoker.config.Configuration.ManagementConfig;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The meters of one service, of its Vert.x and of the JVM, and the page that Prometheus reads. The service closes them
 * when it ends.
 */
public final class Metrics implements AutoCloseable {
    /** The meters of Vert.x. Requests have our own meters, whose labels are routes. */
    private static final EnumSet<MetricsDomain> OF_VERTX =
            EnumSet.of(MetricsDomain.EVENT_BUS, MetricsDomain.NAMED_POOLS);

    /** Names that violate the naming rules of Prometheus; other meters have the same information. */
    private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

    private static final double NANOS = 1e9;

    /** They register listeners with the garbage collectors of the JVM, which must be removed explicitly. */
    private final JvmGcMetrics pauses = new JvmGcMetrics();

    private final JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();
    private final AtomicInteger ready = new AtomicInteger();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EnumSet<MetricsDomain> ofVertx;

    private Metrics(EnumSet<MetricsDomain> ofVertx) {
        this.ofVertx = ofVertx;
        registry.config()
                .meterFilter(MeterFilter.deny(
                        id -> MISNAMED.contains(id.getName()) || isOfOneClient(id) || isPoolOfOne(id)));
    }

    /** Collects metrics if that is configured. */
    public static Metrics of(ManagementConfig management) {
        return management.metrics() ? create() : none();
    }

    /** Collects metrics, also of the JVM. */
    public static Metrics create() {
        Metrics metrics = new Metrics(OF_VERTX);
        metrics.pauses.bindTo(metrics.registry);
        metrics.pressure.bindTo(metrics.registry);
        new JvmMemoryMetrics().bindTo(metrics.registry);
        new JvmThreadMetrics().bindTo(metrics.registry);
        new ProcessorMetrics().bindTo(metrics.registry);
        new FileDescriptorMetrics().bindTo(metrics.registry);
        new UptimeMetrics().bindTo(metrics.registry);
        return metrics;
    }

    /** Accepts all meters, and collects nothing. */
    private static Metrics none() {
        Metrics none = new Metrics(EnumSet.noneOf(MetricsDomain.class));
        none.registry.config().meterFilter(MeterFilter.deny());
        return none;
    }

    /** Every connection to Redis has a client of its own, and their gauges would overwrite each other. */
    private static boolean isOfOneClient(Meter.Id id) {
        return id.getName().startsWith("vertx.redis.");
    }

    /** Every connection to Redis has a pool of its own, whose name is random. */
    private static boolean isPoolOfOne(Meter.Id id) {
        return "redis".equals(id.getTag("pool_type"));
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    void readiness() {
        Gauge.builder("revoker.ready", ready, AtomicInteger::get)
                .description("1 if this instance can do its work, else 0.")
                .register(registry);
    }

    /** @param difference how far the clock of this machine is ahead of that of Redis, which decides */
    void clock(Supplier<Duration> difference) {
        Gauge.builder("revoker.clock.difference", () -> difference.get().toNanos() / NANOS)
                .strongReference(true)
                .baseUnit("seconds")
                .description("How far this machine's clock is ahead of that of Redis, which decides.")
                .register(registry);
    }

    /** The expiry of the listener's certificate; empty without TLS. */
    void certificate(Supplier<Optional<Instant>> expiry) {
        Gauge.builder(
                        "revoker.tls.certificate.expiry.timestamp",
                        () -> expiry.get()
                                .map(Instant::getEpochSecond)
                                .map(Long::doubleValue)
                                .orElse(Double.NaN))
                .strongReference(true)
                .baseUnit("seconds")
                .description("When the first certificate of the listener's chain ends; NaN without TLS.")
                .register(registry);
    }

    /** The last known readiness. */
    void readiness(String missing) {
        ready.set(missing.isEmpty() ? 1 : 0);
    }

    /** For a Vert.x whose metrics are to be collected, too. */
    public VertxMetricsFactory ofVertx() {
        MicrometerMetricsOptions ours = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setDisabledMetricsCategories(EnumSet.complementOf(ofVertx).stream()
                        .map(MetricsDomain::toCategory)
                        .collect(Collectors.toSet()));
        VertxMetricsFactory factory = new MicrometerMetricsFactory(registry);
        return options -> factory.metrics(new VertxOptions(options).setMetricsOptions(ours));
    }

    String page() {
        return registry.scrape();
    }

    /** Stops collecting, and removes the listeners from the JVM. May be repeated. */
    @Override
    public void close() {
        pauses.close();
        pressure.close();
        registry.close();
    }
}
