package io.revoker.http.ssf.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.revoker.domain.Stamp;
import io.revoker.domain.streams.StreamStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What is measured of pushes. There are never more than {@link StreamStore#MOST} streams, so their labels are bounded;
 * an instance has those only that it pushes.
 */
public final class PushMeters {
    private static final double MILLIS = 1e3;

    private final InstantSource time;
    private final Map<Result, Counter> results = new EnumMap<>(Result.class);
    private final Counter abandoned;
    private final AtomicInteger streams = new AtomicInteger();
    private final MultiGauge lags;
    private List<Pushed> followed = List.of();

    /** What can become of a push. */
    enum Result {
        /** The receiver has the event. */
        ACCEPTED,
        /** It has said why it does not take it. */
        REFUSED,
        /** It has answered with another status. */
        STATUS,
        /** It has not answered in time. */
        TIMEOUT,
        /** It can't be reached, the connection was lost, or the answer is unreadable. */
        CONNECTION,
        /** No key of this instance decrypts the {@code Authorization} that it wants: nothing was sent. */
        KEY
    }

    /**
     * A stream that this instance pushes.
     *
     * @param oldest the oldest event that it has not pushed; may be asked by any thread
     */
    record Pushed(String client, String id, Supplier<Optional<Stamp>> oldest) {}

    /**
     * Registers all.
     *
     * @param time of the stamps
     */
    public PushMeters(MeterRegistry registry, InstantSource time) {
        this.time = time;
        for (Result result : Result.values()) {
            results.put(
                    result,
                    Counter.builder("revoker.ssf.pushes")
                            .description("Pushes of events to receivers, by result.")
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        this.abandoned = Counter.builder("revoker.ssf.pushes.abandoned")
                .description("Events that are not pushed again, because their receiver has refused them each time.")
                .register(registry);
        Gauge.builder("revoker.ssf.streams", streams, AtomicInteger::get)
                .strongReference(true)
                .description("Streams of events that there are, of all instances; at most " + StreamStore.MOST + ".")
                .register(registry);
        this.lags = MultiGauge.builder("revoker.ssf.push.lag")
                .baseUnit("seconds")
                .description("Age of the oldest event that this instance has to push in a stream and has not; else 0.")
                .register(registry);
    }

    void count(Result result) {
        Objects.requireNonNull(results.get(result)).increment();
    }

    void abandon() {
        abandoned.increment();
    }

    void streams(int count) {
        streams.set(count);
    }

    /** From now on the lags are those of these streams; to be called by one thread. */
    void follow(List<Pushed> pushed) {
        if (pushed.equals(followed)) {
            return;
        }
        followed = pushed;
        lags.register(
                pushed.stream()
                        .<Row<?>>map(stream -> Row.of(
                                Tags.of("client", stream.client(), "stream", stream.id()),
                                stream,
                                one -> one.oldest().get().map(this::age).orElse(0.0)))
                        .toList(),
                /* overwrite= */ true);
    }

    private double age(Stamp oldest) {
        return Math.max(0, Duration.between(oldest.instant(), time.instant()).toMillis() / MILLIS);
    }
}
