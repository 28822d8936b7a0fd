package io.revoker.config;

import io.revoker.config.values.Requirements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The realms whose JWTs are verified, and their keys.
 *
 * @param file of the realms; absent if no JWT is verified
 * @param cacheDirectory where the last good keys are kept; absent to keep them in memory only
 * @param refresh between two fetches of the keys of a realm
 * @param unknownKeyInterval shortest time between two fetches that tokens with an unknown key cause
 * @param fetchTimeout for one fetch
 * @param cachedVerdicts number of verified JWTs to remember
 */
public record RealmsConfig(
        Optional<Path> file,
        Optional<Path> cacheDirectory,
        Duration refresh,
        Duration unknownKeyInterval,
        Duration fetchTimeout,
        int cachedVerdicts) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    public RealmsConfig {
        new Requirements()
                .within("refresh", refresh, SHORTEST, Duration.ofDays(1))
                .within("unknown-key-interval", unknownKeyInterval, SHORTEST, Duration.ofHours(1))
                .within("fetch-timeout", fetchTimeout, SHORTEST, Duration.ofMinutes(1))
                .within("cached-verdicts", cachedVerdicts, 0, 10_000_000)
                .check();
    }
}
