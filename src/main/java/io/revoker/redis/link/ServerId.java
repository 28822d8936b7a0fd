package io.revoker.redis.link;

/**
 * Identifies a server, and the history of writes of which it is the primary.
 *
 * @param run id of the process, different after each start
 * @param history replication id: Redis changes it whenever a replica becomes the primary
 */
public record ServerId(String run, String history) {
    /** The same process, with the history in its {@code INFO replication}. */
    ServerId after(String replication) {
        return new ServerId(run, ServerInfo.field(replication, "master_replid:"));
    }
}
