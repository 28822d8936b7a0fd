package io.revoker.config;

import io.revoker.config.values.Reloadable;
import io.revoker.config.values.Requirements;
import java.time.Duration;

/**
 * The bounds of a sweep.
 *
 * @param pageSize holders of one page
 * @param batchSize holders of one batch
 * @param inFlight batches at once
 * @param inFlightBesideChecks the same while checks are being answered
 * @param pieceSize grants after which a script call ends; bounds how long it blocks Redis
 * @param running sweeps at once on one event loop
 * @param rateLimit holders of one sweep a second; 0 for no limit
 * @param lease how long an instance owns a sweep after each renewal
 * @param patience how long an answer waits for a sweep
 */
public record SweepConfig(
        int pageSize,
        @Reloadable int batchSize,
        @Reloadable int inFlight,
        @Reloadable int inFlightBesideChecks,
        int pieceSize,
        @Reloadable int running,
        @Reloadable int rateLimit,
        Duration lease,
        Duration patience) {
    public SweepConfig {
        new Requirements()
                .within("page-size", pageSize, 1, 10_000)
                .within("batch-size", batchSize, 1, 1_000)
                .within("in-flight", inFlight, 1, 64)
                .within("in-flight-beside-checks", inFlightBesideChecks, 1, 64)
                .within("piece-size", pieceSize, 10, 10_000)
                .within("running", running, 1, 1_000)
                .within("rate-limit", rateLimit, 0, 100_000_000)
                .within("lease", lease, Duration.ofSeconds(1), Duration.ofMinutes(10))
                .within("patience", patience, Duration.ofMillis(1), Duration.ofHours(1))
                .check();
    }
}
