package io.revoker.receipts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.revoker.domain.followers.KnownFollower.State;
import io.revoker.domain.followers.Receipt;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What is measured of receipts. */
final class ReceiptMeters {
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

    private final Map<State, Timer> given = new EnumMap<>(State.class);

    /** @param waiting how many requests wait for one, or will */
    ReceiptMeters(MeterRegistry registry, IntSupplier waiting) {
        Gauge.builder("revoker.receipts.waiting", waiting, IntSupplier::getAsInt)
                .strongReference(true)
                .description("Requests that wait for followers, or will once their revocation is done.")
                .register(registry);
        for (State state : State.values()) {
            given.put(
                    state,
                    Timer.builder("revoker.receipts")
                            .description("Time from the acknowledgement of a revocation to its receipt.")
                            .tag("state", state.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(STEPS)
                            .register(registry));
        }
    }

    void given(Receipt receipt, long nanos) {
        Objects.requireNonNull(given.get(receipt.state())).record(nanos, TimeUnit.NANOSECONDS);
    }
}
