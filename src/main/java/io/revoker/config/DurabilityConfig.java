package io.revoker.config;

import java.time.Duration;

/**
 * What an acknowledgement demands of Redis.
 *
 * @param fsync the weakest policy that is accepted
 * @param replicas how many must have the revocation
 * @param replicaTimeout how long they are waited for
 */
public record DurabilityConfig(Fsync fsync, int replicas, Duration replicaTimeout) {

    /** The policies of {@code appendfsync} (redis.io, "Redis persistence"), weakest first. */
    public enum Fsync {
        ANY,
        EVERYSEC,
        ALWAYS
    }

    public DurabilityConfig {
        new Requirements()
                .within("replicas", replicas, 0, 100)
                .within("replica-timeout", replicaTimeout, Duration.ofMillis(1), Duration.ofMinutes(1))
                .check();
    }
}
