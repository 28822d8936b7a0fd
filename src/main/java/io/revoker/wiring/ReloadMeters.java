package io.revoker.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** The outcomes of changed files. */
final class ReloadMeters {
    /** The outcome of one change. */
    enum Outcome {
        /** Everything in the files is in force. */
        TAKEN_OVER,
        /** Some of it is in force, and some needs a restart. */
        PARTLY,
        /** Nothing has changed. */
        REFUSED
    }

    private final MeterRegistry registry;
    private final InstantSource time;
    private volatile Instant success;
    private volatile Outcome last = Outcome.TAKEN_OVER;

    ReloadMeters(MeterRegistry registry, InstantSource time) {
        this.registry = registry;
        this.time = time;
        this.success = time.instant();
        for (Outcome outcome : Outcome.values()) {
            reloads(outcome);
        }
        Gauge.builder("revoker.reload.complete", this, meters -> meters.last == Outcome.TAKEN_OVER ? 1 : 0)
                .description(
                        "1 if everything in the files of settings, clients and realms is in force; 0 if some of it was refused.")
                .register(registry);
        Gauge.builder("revoker.reload.last.success.timestamp", this, meters -> meters.success.getEpochSecond())
                .baseUnit("seconds")
                .description("When everything in the files of settings, clients and realms came into force last.")
                .register(registry);
    }

    void count(Outcome outcome) {
        reloads(outcome).increment();
        last = outcome;
        if (outcome == Outcome.TAKEN_OVER) {
            success = time.instant();
        }
    }

    private Counter reloads(Outcome outcome) {
        return Counter.builder("revoker.reloads")
                .description("Changes of the files of settings, clients and realms that were seen.")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
