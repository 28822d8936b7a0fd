package io.revoker.redis.log;

import java.time.Duration;

/**
 * How long the log is kept, and how long readers wait for it.
 *
 * @param retention how long revocations stay in the log
 * @param markRetention how long marks stay: the longest life of a token
 * @param patience how long a reader waits for the next revocation; shorter than the call time-out
 * @param lease how long an instance owns a sweep after each renewal
 * @param followers how long a follower is known that confirms nothing any more
 */
public record LogSettings(
        Duration retention,
        Duration markRetention,
        Duration patience,
        Duration lease,
        DurabilitySettings durability,
        Duration followers) {

    private static final Duration LONGER = Duration.ofHours(1);

    /** How long marks are kept, for commands that take whole seconds. */
    long markSeconds() {
        return Math.max(1, markRetention.toSeconds());
    }

    /** How long entries are kept, in microseconds. */
    long keptMicros() {
        return kept().toMillis() * 1000;
    }

    /**
     * How long entries are kept. It is longer than the retention: entries past the retention are still read, to drop
     * their marks.
     */
    private Duration kept() {
        return retention.plus(retention.compareTo(LONGER) < 0 ? retention : LONGER);
    }
}
