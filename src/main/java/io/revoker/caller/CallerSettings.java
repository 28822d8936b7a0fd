package io.revoker.caller;

import java.time.Duration;

/**
 * Bounds for verifying slow hashes; SHA-256 is not bounded.
 *
 * @param cached number of verified credentials to cache, 0 or more
 * @param cachedFor how long after the verification, 0 or more
 * @param inFlight how many verifications run at a time, 1 or more; each takes a worker thread
 * @param waiting how many may wait for each client, 1 or more
 */
public record CallerSettings(int cached, Duration cachedFor, int inFlight, int waiting) {
    public CallerSettings {
        require(cached >= 0, "cached: " + cached + " (expected: 0 or more)");
        require(!cachedFor.isNegative(), "cachedFor: " + cachedFor + " (expected: 0 or more)");
        require(inFlight >= 1, "inFlight: " + inFlight + " (expected: 1 or more)");
        require(waiting >= 1, "waiting: " + waiting + " (expected: 1 or more)");
    }

    private static void require(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
