package io.revoker.redis;

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
        Duration retention, Duration markRetention, Duration patience, Duration lease, DurabilitySettings durability) {}
