package io.revoker.redis.log;

import io.revoker.redis.link.DurabilitySettings;
import java.time.Duration;

/**
 * How long the log is kept and waited for.
 *
 * @param retention how long revocations stay in the log
 * @param markRetention how long marks stay: the longest life of a token
 * @param patience how long a reader waits for the next revocation; shorter than the call time-out
 * @param lease how long a sweep is its owner's without a sign of life
 */
public record LogSettings(
        Duration retention, Duration markRetention, Duration patience, Duration lease, DurabilitySettings durability) {

    private static final Duration LONGER = Duration.ofHours(1);

    /** How long marks stay, for commands that take whole seconds. */
    long markSeconds() {
        return Math.max(1, markRetention.toSeconds());
    }

    /** How long entries stay: somewhat longer, for once they are older than the retention, their marks are dropped by what they say. */
    Duration kept() {
        return retention.plus(retention.compareTo(LONGER) < 0 ? retention : LONGER);
    }
}
