package io.revoker.config;

import java.time.Duration;

/**
 * The check.
 *
 * @param maxAge how long a caller may keep an allowing answer
 * @param cachedRecords immutable records of tokens that one event loop keeps for its checks
 */
public record CheckConfig(Duration maxAge, int cachedRecords) {
    public CheckConfig {
        new Requirements()
                .within("max-age", maxAge, Duration.ZERO, Duration.ofSeconds(60))
                .within("cached-records", cachedRecords, 0, 100_000_000)
                .check();
    }
}
