package io.revoker.config;

import java.time.Duration;

/**
 * The log of revocations.
 *
 * @param retention how long a revocation stays in it
 */
public record Log(Duration retention) {
    public Log {
        new Requirements()
                .within("retention", retention, Duration.ofSeconds(1), Duration.ofDays(3650))
                .check();
    }
}
