package io.revoker.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures how late an event loop is: how much later than it should a timer fires, and so does everything else there. */
final class LoopMeter {
    private static final long PERIOD_MILLIS = 100;

    private final Timer delay;

    LoopMeter(MeterRegistry registry) {
        delay = Timer.builder("revoker.event.loop.delay")
                .description("Time by which an event loop is late, ten times a second on each of them.")
                .serviceLevelObjectives(
                        Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(registry);
    }

    /** Watches the event loop that calls it, for as long as the verticle there is deployed. */
    void watch(Vertx vertx) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
        vertx.setTimer(PERIOD_MILLIS, timer -> {
            delay.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
            watch(vertx);
        });
    }
}
