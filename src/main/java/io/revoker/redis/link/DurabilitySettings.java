package io.revoker.redis.link;

import io.revoker.domain.Durability.Fsync;
import java.time.Duration;

/**
 * What an acknowledgement demands.
 *
 * @param fsync the weakest policy that will do; unknown for any
 * @param replicas that must have acknowledged
 * @param patience how long they are waited for
 */
public record DurabilitySettings(Fsync fsync, int replicas, Duration patience) {}
