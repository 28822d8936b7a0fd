package io.revoker.http.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/** What is measured of the followers, over all event loops. */
final class FollowerMeters {
    private final Counter sent;
    private final Counter dropped;
    private final Map<EventForm.Loss, Counter> resets = new EnumMap<>(EventForm.Loss.class);

    /**
     * Registers all.
     *
     * @param followers how many there are
     * @param lag seconds for which the oldest event has waited that a follower has not taken yet
     */
    FollowerMeters(MeterRegistry registry, IntSupplier followers, DoubleSupplier lag) {
        Gauge.builder("revoker.feed.followers", followers, IntSupplier::getAsInt)
                .strongReference(true)
                .description("Callers that follow the revocations on this instance.")
                .register(registry);
        Gauge.builder("revoker.feed.lag", lag, DoubleSupplier::getAsDouble)
                .strongReference(true)
                .baseUnit("seconds")
                .description("Time for which the oldest event has waited that a follower has not taken yet.")
                .register(registry);
        sent = Counter.builder("revoker.feed.events")
                .description("Events that were sent to followers, without heartbeats.")
                .register(registry);
        dropped = Counter.builder("revoker.feed.dropped")
                .description("Followers that were disconnected because they did not read.")
                .register(registry);
        for (EventForm.Loss loss : EventForm.Loss.values()) {
            resets.put(
                    loss,
                    Counter.builder("revoker.feed.resets")
                            .description("Times that a follower had to start over.")
                            .tag("reason", loss.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void sent(int events) {
        sent.increment(events);
    }

    void dropped() {
        dropped.increment();
    }

    void reset(EventForm.Loss loss) {
        Objects.requireNonNull(resets.get(loss)).increment();
    }
}
