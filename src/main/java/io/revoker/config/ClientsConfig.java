package io.revoker.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Who may call.
 *
 * @param cacheTime how long a proven secret need not be proven again
 * @param cacheSize how many of them are remembered
 */
public record ClientsConfig(
        Optional<Path> file, @Live Duration cacheTime, @Live int cacheSize) {
    public ClientsConfig {
        new Requirements()
                .within("cache-time", cacheTime, Duration.ZERO, Duration.ofHours(1))
                .within("cache-size", cacheSize, 1, 1_000_000)
                .check();
    }
}
