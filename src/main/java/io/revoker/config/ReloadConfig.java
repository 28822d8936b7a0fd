package io.revoker.config;

import java.time.Duration;

/**
 * The watch over the files that settings and clients are read from.
 *
 * @param interval between two looks at them; zero for none
 */
public record ReloadConfig(Duration interval) {
    public ReloadConfig {
        new Requirements()
                .within("interval", interval, Duration.ZERO, Duration.ofHours(1))
                .check();
    }
}
