package io.revoker.config;

import io.revoker.config.values.Requirements;
import java.time.Duration;

/**
 * Status lists, from which verifiers of tokens learn which of them are revoked.
 *
 * @param withoutCredentials whether anyone may read them
 * @param ttl how long a verifier may keep a list
 * @param interval how long a list is sent without looking for revocations again
 * @param size indexes of a list
 * @param maxLists of all realms
 * @param window tokens whose expiries are in one window share lists
 */
public record StatusListConfig(
        boolean enabled,
        boolean withoutCredentials,
        Duration ttl,
        Duration interval,
        int size,
        int maxLists,
        Duration window) {
    private static final int SMALLEST = 1024;
    private static final int LARGEST = 1 << 20;

    public StatusListConfig {
        new Requirements()
                .within("ttl", ttl, Duration.ofSeconds(1), Duration.ofDays(1))
                .that("ttl", ttl, time -> time.toMillis() % 1000 == 0, "whole seconds")
                .within("interval", interval, Duration.ofMillis(100), ttl)
                .within("size", size, SMALLEST, LARGEST)
                .that("size", size, number -> Integer.bitCount(number) == 1, "a power of two")
                .within("max-lists", maxLists, 1, 100_000)
                .within("window", window, Duration.ofMinutes(1), Duration.ofDays(30))
                .that("window", window, time -> time.toMillis() % 1000 == 0, "whole seconds")
                .check();
    }
}
