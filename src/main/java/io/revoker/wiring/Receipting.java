package io.revoker.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.bus.NearAnswers;
import io.revoker.canary.CanaryMeters;
import io.revoker.canary.CanaryVerticle;
import io.revoker.config.CanaryConfig;
import io.revoker.config.Configuration;
import io.revoker.http.InFlightLimit;
import io.revoker.receipts.ReceiptVerticle;
import io.revoker.receipts.Receipts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The parts that know how far the followers are. */
final class Receipting {
    private final Configuration configuration;
    private final MeterRegistry registry;
    private final InFlightLimit inFlight;
    private final InstantSource clock;
    private final NearAnswers near;
    private final Receipts receipts;
    private final CanaryMeters canary;

    Receipting(
            Configuration configuration,
            MeterRegistry registry,
            InFlightLimit inFlight,
            InstantSource clock,
            NearAnswers near) {
        this.near = near;
        this.configuration = configuration;
        this.registry = registry;
        this.inFlight = inFlight;
        this.clock = clock;
        this.receipts = new Receipts(registry);
        this.canary = new CanaryMeters(registry);
    }

    /** Where requests wait for them. */
    Receipts receipts() {
        return receipts;
    }

    ReceiptVerticle verticle() {
        return new ReceiptVerticle(receipts, registry, timeout(), inFlight::isDraining);
    }

    /** Absent unless it is enabled. */
    Optional<CanaryVerticle> canary() {
        CanaryConfig settings = configuration.canary();
        return settings.enabled()
                ? Optional.of(new CanaryVerticle(
                        new CanaryVerticle.Plan(settings.interval(), settings.bound(), timeout(), clock), near, canary))
                : Optional.empty();
    }

    private Duration timeout() {
        return configuration.http().requestTimeout();
    }
}
