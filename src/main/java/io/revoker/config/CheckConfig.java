package io.revoker.config;

import java.time.Duration;

/**
 * The check.
 *
 * @param maxAge how long a caller may keep an allowing answer
 * @param cachedRecords immutable records of tokens that one event loop keeps for its checks
 * @param maxBatch tokens in one batch; at most as many as one message of the event bus asks for
 * @param maxBodySize of a batch
 */
public record CheckConfig(
        @Live Duration maxAge,
        int cachedRecords,
        @Live int maxBatch,
        @Live DataSize maxBodySize) {
    public CheckConfig {
        new Requirements()
                .within("max-age", maxAge, Duration.ZERO, Duration.ofSeconds(60))
                .within("cached-records", cachedRecords, 0, 100_000_000)
                .within("max-batch", maxBatch, 1, 1000)
                .within("max-body-size", maxBodySize, new DataSize(64), DataSize.ofMebibytes(64))
                .check();
    }
}
