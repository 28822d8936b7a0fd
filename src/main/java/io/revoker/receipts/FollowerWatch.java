package io.revoker.receipts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.revoker.domain.Stamp;
import io.revoker.domain.followers.FollowerId;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.KnownFollower;
import io.revoker.domain.followers.KnownFollower.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is measured of all followers, as of the last look. A follower that lags is not closed for the newest
 * revocation; of the older ones that it is not closed for either, the first that was seen counts. Looks on one event
 * loop only.
 */
final class FollowerWatch {
    /** Most of them by name in each metric: those with the greatest values. */
    private static final int NAMED = 200;

    private static final double NANOS = 1e9;

    private final Map<State, AtomicLong> states = new EnumMap<>(State.class);
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong silence = new AtomicLong();
    private final MultiGauge silences;
    private final MultiGauge lags;
    private final Map<FollowerId, Stamp> missing = new HashMap<>();

    FollowerWatch(MeterRegistry registry) {
        for (State state : State.values()) {
            AtomicLong number = new AtomicLong();
            states.put(state, number);
            Gauge.builder("revoker.followers", number, AtomicLong::get)
                    .description("Named followers, by what is known of the newest revocation there.")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        seconds(
                registry,
                "revoker.followers.lag",
                "Time for which a revocation was not confirmed by a follower, at most.",
                lag);
        seconds(
                registry,
                "revoker.followers.silence",
                "Time since the last confirmation of the follower that was not heard of for the longest time.",
                silence);
        silences = MultiGauge.builder("revoker.follower.silence")
                .baseUnit("seconds")
                .description("Time since the last confirmation of a follower.")
                .register(registry);
        lags = MultiGauge.builder("revoker.follower.lag")
                .baseUnit("seconds")
                .description("Time for which a revocation was not confirmed by a follower.")
                .register(registry);
    }

    private static void seconds(MeterRegistry registry, String name, String description, AtomicLong nanos) {
        Gauge.builder(name, nanos, held -> held.get() / NANOS)
                .baseUnit("seconds")
                .description(description)
                .register(registry);
    }

    /** Takes what was found. */
    void look(Found found) {
        for (State state : State.values()) {
            Objects.requireNonNull(states.get(state))
                    .set(found.followers().stream()
                            .filter(one -> one.state(found.newest(), found.time()) == state)
                            .count());
        }
        missing.keySet()
                .retainAll(found.followers().stream().map(KnownFollower::id).collect(Collectors.toSet()));
        Map<FollowerId, Duration> behind =
                found.followers().stream().collect(Collectors.toMap(KnownFollower::id, one -> lag(one, found)));
        lag.set(longest(behind.values()));
        silence.set(longest(found.followers().stream()
                .map(one -> between(one.heard(), found.time()))
                .toList()));
        register(silences, found.followers(), one -> between(one.heard(), found.time()));
        register(lags, found.followers(), one -> behind.getOrDefault(one.id(), Duration.ZERO));
    }

    private static void register(
            MultiGauge gauge, List<KnownFollower> followers, Function<KnownFollower, Duration> value) {
        gauge.register(
                followers.stream()
                        .sorted(Comparator.comparing(value).reversed())
                        .limit(NAMED)
                        .<MultiGauge.Row<?>>map(one -> MultiGauge.Row.of(
                                Tags.of(
                                        "caller",
                                        one.id().caller(),
                                        "follower",
                                        one.id().name()),
                                value.apply(one).toNanos() / NANOS))
                        .toList(),
                /* overwrite= */ true);
    }

    private Duration lag(KnownFollower one, Found found) {
        if (isClosed(one, found.newest(), found)) {
            missing.remove(one.id());
            return Duration.ZERO;
        }
        Stamp first = missing.merge(
                one.id(), found.newest(), (before, newest) -> isClosed(one, before, found) ? newest : before);
        return between(first.instant(), found.time());
    }

    private static boolean isClosed(KnownFollower one, Stamp stamp, Found found) {
        return one.state(stamp, found.time()) == State.CLOSED;
    }

    private static Duration between(Instant begin, Instant end) {
        Duration time = Duration.between(begin, end);
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static long longest(Collection<Duration> times) {
        return times.stream().mapToLong(Duration::toNanos).max().orElse(0);
    }
}
