package io.revoker.near;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Metrics of what is answered from memory. */
public final class NearMeters {
    private final MeterRegistry registry;
    private final Counter answers;
    /** The same counter as for answers of the store. */
    private final Counter checks;

    public NearMeters(MeterRegistry registry) {
        this.registry = registry;
        this.answers = Counter.builder("revoker.near.answers")
                .description("Checks of active tokens that were answered from memory, without Redis.")
                .register(registry);
        this.checks = Counter.builder("revoker.checks").tag("verdict", "active").register(registry);
    }

    void observe(IntSupplier entries, BooleanSupplier answers) {
        Gauge.builder("revoker.near.tokens", entries::getAsInt)
                .description("Tokens that are remembered, also some whose time is over.")
                .register(registry);
        Gauge.builder("revoker.near.leased", () -> answers.getAsBoolean() ? 1 : 0)
                .description("Whether this instance has a lease to answer checks from memory: 1 or 0.")
                .register(registry);
    }

    void answered() {
        answers.increment();
        checks.increment();
    }
}
