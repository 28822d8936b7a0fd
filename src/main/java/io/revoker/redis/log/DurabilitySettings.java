package io.revoker.redis.log;

import io.revoker.domain.Durability.Fsync;
import java.time.Duration;

/**
 * What an acknowledgement demands.
 *
 * @param fsync the weakest policy that is accepted; unknown for any
 * @param replicas that must have acknowledged
 * @param patience how long to wait for them
 */
public record DurabilitySettings(Fsync fsync, int replicas, Duration patience) {}
