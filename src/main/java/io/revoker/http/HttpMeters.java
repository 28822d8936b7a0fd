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
    /** By route, then by status. */
    private final Map<String, Map<Integer, Timer>> timers = new ConcurrentHashMap<>();

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
        timer(route, 503);
    }

    void answered(String route, int status, long nanos) {
        timer(route, status).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String route, int status) {
        return timers.computeIfAbsent(route, first -> new ConcurrentHashMap<>())
                .computeIfAbsent(status, first -> registered(route, status));
    }

    private Timer registered(String route, int status) {
        return Timer.builder("revoker.http.requests")
                .description("Time from the head of a request to the end of its answer.")
                .tag("route", route)
                .tag("status", Integer.toString(status))
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
