package io.revoker.canary;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.revoker.canary.Run.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What the canary measures. An instance that has not its turn measures nothing. */
public final class CanaryMeters {
    private static final double NANOS = 1e9;
    private static final Duration[] STEPS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final Map<Outcome, Counter> runs = new EnumMap<>(Outcome.class);
    private final Timer took;
    private volatile double last = Double.NaN;

    /** Registers all, so that there is a zero before the first failure. */
    public CanaryMeters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            runs.put(
                    outcome,
                    Counter.builder("revoker.canary.runs")
                            .description("Tokens of the canary, by what has become of them.")
                            .tag("outcome", outcome.label())
                            .register(registry));
        }
        took = Timer.builder("revoker.canary")
                .description(
                        "Time from the revocation of a token until it was refused here, and all followers were closed.")
                .serviceLevelObjectives(STEPS)
                .register(registry);
        Gauge.builder("revoker.canary.last", () -> last)
                .strongReference(true)
                .baseUnit("seconds")
                .description("The same of the last token; NaN if there is none, or the instance has not its turn.")
                .register(registry);
    }

    void ran(Run run) {
        Objects.requireNonNull(runs.get(run.outcome())).increment();
        if (run.receipt().isPresent()) {
            took.record(run.took());
            last = run.took().toNanos() / NANOS;
        } else {
            last = Double.NaN;
        }
    }

    void lostTurn() {
        last = Double.NaN;
    }
}
