package io.revoker.config;

import io.revoker.config.values.Requirements;
import java.time.Duration;

/**
 * A token that is registered and revoked again and again, to measure how long it takes until everybody refuses it.
 *
 * @param interval between the end of one and the next
 * @param bound within which all followers should have applied its revocation
 */
public record CanaryConfig(boolean enabled, Duration interval, Duration bound) {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    public CanaryConfig {
        new Requirements()
                .within("interval", interval, SHORTEST, Duration.ofHours(1))
                .within("bound", bound, SHORTEST, Duration.ofSeconds(30))
                .check();
    }
}
