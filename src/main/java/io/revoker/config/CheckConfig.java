package io.revoker.config;

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
 */
public record CheckConfig(
        @Reloadable Duration maxAge,
        @Reloadable RealmDurations realmMaxAge,
        @Reloadable boolean withoutCredentials,
        int cachedRecords,
        @Reloadable int maxBatch,
        @Reloadable DataSize maxBodySize) {
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
}
