package io.revoker.redis.link;

/**
 * Which server it is, and which history of writes it is the primary of.
 *
 * @param run of the process: another one after each start
 * @param history Redis gives its data another name whenever a replica becomes their primary
 */
public record ServerId(String run, String history) {
    static final ServerId UNKNOWN = new ServerId("", "");

    boolean isKnown() {
        return !equals(UNKNOWN);
    }

    /** The same process, with the history that its {@code INFO replication} tells. */
    ServerId after(String replication) {
        return new ServerId(run, Server.field(replication, "master_replid:"));
    }
}
