package io.revoker.config;

import io.revoker.config.values.DataSize;
import io.revoker.config.values.RealmDurations;
import io.revoker.config.values.Reloadable;
import io.revoker.config.values.Requirements;
import java.time.Duration;

/**
 * The check.
 *
 * @param maxAge how long a caller may cache a positive answer
 * @param realmMaxAge the same for tokens of these realms
 * @param withoutCredentials whether gateways that send none are answered, too
 * @param cachedRecords immutable records of tokens that one event loop caches for its checks
 * @param maxBatch tokens in one batch; at most as many as fit into one message of the event bus
 * @param maxBodySize of a batch
 * @param nearCache answers of active tokens from memory
 */
public record CheckConfig(
        @Reloadable Duration maxAge,
        @Reloadable RealmDurations realmMaxAge,
        @Reloadable boolean withoutCredentials,
        int cachedRecords,
        @Reloadable int maxBatch,
        @Reloadable DataSize maxBodySize,
        NearCacheConfig nearCache) {
    private static final Duration LONGEST_AGE = Duration.ofSeconds(60);

    public CheckConfig {
        new Requirements()
                .within("max-age", maxAge, Duration.ZERO, LONGEST_AGE)
                .that("realm-max-age", realmMaxAge, ages -> ages.areAtMost(LONGEST_AGE), "0s to 60s for each realm")
                .within("cached-records", cachedRecords, 0, 100_000_000)
                .within("max-batch", maxBatch, 1, 1000)
                .within("max-body-size", maxBodySize, new DataSize(64), DataSize.ofMebibytes(64))
                .check();
    }

    /**
     * Answers from memory.
     *
     * @param enabled whether there are any
     * @param size most tokens that are remembered
     * @param bound how old the view may be that they are given by; a revocation waits so long for an instance that is
     * gone
     */
    public record NearCacheConfig(boolean enabled, int size, Duration bound) {
        public NearCacheConfig {
            new Requirements()
                    .within("size", size, 1000, 10_000_000)
                    .within("bound", bound, Duration.ofSeconds(1), Duration.ofSeconds(15))
                    .check();
        }
    }
}
