package io.revoker.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.config.CheckConfig.NearCacheConfig;
import io.revoker.config.Configuration;
import io.revoker.domain.store.Marks;
import io.revoker.near.NearCache;
import io.revoker.near.NearFollower;
import io.revoker.near.NearMeters;
import io.revoker.near.NearSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What answers checks from memory. */
record Near(NearCache cache, NearFollower follower) {
    /** A mark stays in the view for the retention of the log: what is remembered must be older by then. */
    private static final int SHARE = 4;

    private static final Duration OLDEST = Duration.ofMinutes(1);

    /** Absent if nothing does. */
    static Optional<Near> of(Configuration configuration, Marks marks, InstantSource clock, MeterRegistry registry) {
        return Optional.of(configuration.check().nearCache())
                .filter(NearCacheConfig::enabled)
                .map(config -> of(settings(config, configuration), marks, clock, registry));
    }

    private static Near of(NearSettings settings, Marks marks, InstantSource clock, MeterRegistry registry) {
        NearCache cache = new NearCache(settings, marks, clock, new NearMeters(registry));
        return new Near(cache, new NearFollower(cache, settings));
    }

    private static NearSettings settings(NearCacheConfig config, Configuration configuration) {
        Duration share = configuration.log().retention().dividedBy(SHARE);
        return new NearSettings(config.size(), config.bound(), share.compareTo(OLDEST) < 0 ? share : OLDEST);
    }
}
