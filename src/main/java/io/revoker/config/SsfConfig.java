package io.revoker.config;

import java.time.Duration;

/**
 * Events that are delivered to others, by the Shared Signals Framework.
 *
 * @param pollTimeout how long a poll waits for an event at most
 * @param verificationInterval the shortest time between two verifications of a stream
 */
public record SsfConfig(boolean enabled, Duration pollTimeout, Duration verificationInterval) {
    public SsfConfig {
        new Requirements()
                .within("poll-timeout", pollTimeout, Duration.ZERO, Duration.ofMinutes(5))
                .within("verification-interval", verificationInterval, Duration.ZERO, Duration.ofHours(1))
                .check();
    }
}
