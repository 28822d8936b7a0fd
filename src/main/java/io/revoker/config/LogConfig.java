package io.revoker.config;

import java.time.Duration;

/**
 * The log of revocations.
 *
 * @param retention how long a revocation stays in it
 */
public record LogConfig(Duration retention) {
    public LogConfig {
        new Requirements()
                .within("retention", retention, Duration.ofSeconds(1), Duration.ofDays(3650))
                .check();
    }
}
