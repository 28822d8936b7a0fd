package io.revoker.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.bus.NearAnswers;
import io.revoker.config.CheckConfig.NearCacheConfig;
import io.revoker.config.Configuration;
import io.revoker.domain.store.LogListener;
import io.revoker.domain.store.Marks;
import io.revoker.near.NearCache;
import io.revoker.near.NearFollower;
import io.revoker.near.NearMeters;
import io.revoker.near.NearSettings;
import io.revoker.near.NearVerticle;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What answers checks from memory, if that is enabled. */
final class Near {
    /** A mark stays in the view for the retention of the log: what is remembered must be older by then. */
    private static final int SHARE = 4;

    private static final Duration OLDEST = Duration.ofMinutes(1);

    private final Optional<Memory> memory;

    private record Memory(NearCache cache, NearFollower follower) {}

    Near(Configuration configuration, Marks marks, InstantSource clock, MeterRegistry registry) {
        this.memory = Optional.of(configuration.check().nearCache())
                .filter(NearCacheConfig::enabled)
                .map(config -> memory(settings(config, configuration), marks, clock, registry));
    }

    private static Memory memory(NearSettings settings, Marks marks, InstantSource clock, MeterRegistry registry) {
        NearCache cache = new NearCache(settings, marks, clock, new NearMeters(registry));
        return new Memory(cache, new NearFollower(cache, settings));
    }

    private static NearSettings settings(NearCacheConfig config, Configuration configuration) {
        Duration share = configuration.log().retention().dividedBy(SHARE);
        return new NearSettings(config.size(), config.bound(), share.compareTo(OLDEST) < 0 ? share : OLDEST);
    }

    NearAnswers answers() {
        return memory.<NearAnswers>map(Memory::cache).orElse(NearAnswers.NONE);
    }

    /** What is read of the log goes here first. */
    LogListener before(LogListener others) {
        return memory.map(one -> one.follower().then(others)).orElse(others);
    }

    /** Absent if it is not enabled. */
    Optional<NearVerticle> verticle(Supplier<Future<NearVerticle.Source>> open) {
        return memory.map(one -> new NearVerticle(open, one.follower()));
    }
}
