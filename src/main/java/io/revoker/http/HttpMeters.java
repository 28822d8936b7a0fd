package io.revoker.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Counts the requests of clients, over all instances. The labels are the known routes, and statuses: never a path as
 * it was sent.
 */
final class HttpMeters {
    private final MeterRegistry registry;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    private record Series(String route, int status) {}

    HttpMeters(MeterRegistry registry, IntSupplier inFlight) {
        this.registry = registry;
        Gauge.builder("revoker.http.requests.in.flight", inFlight, IntSupplier::getAsInt)
                .strongReference(true)
                .description("Requests that are being answered.")
                .register(registry);
    }

    /**
     * Registers the series of a route's failures from the start: Prometheus sees no increase in a series that appears
     * with its first failure.
     */
    void expect(String route) {
        timers.computeIfAbsent(new Series(route, 503), this::timer);
    }

    /** @param began by {@link System#nanoTime()} */
    void answered(String route, int status, long began) {
        timers.computeIfAbsent(new Series(route, status), this::timer)
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("revoker.http.requests")
                .description("Time from the head of a request to the end of its answer.")
                .tag("route", series.route())
                .tag("status", Integer.toString(series.status()))
                .serviceLevelObjectives(
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofNanos(2_500_000),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(registry);
    }
}
