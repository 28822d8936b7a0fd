package io.revoker.redis;

import io.vertx.core.Future;

/** The life of the connections of the ports. */
public interface BackendConnection {
    /**
     * Succeeds if the server accepts writes, even if only those that need no more memory. What it writes expires
     * by itself.
     */
    Future<Void> write();

    /**
     * For an instance that starts: fails if the data are of a newer layout or have another number of shards, and
     * has changed nothing then; else notes the layout, and sees until it is closed that it stays noted.
     */
    Future<Void> claimLayout();

    /**
     * For one that runs: fails if the data have another number of shards; else notes the layout again if the server
     * has lost it.
     */
    Future<Void> keepLayout();

    /** Fails like {@link #claimLayout}, and writes nothing. Says whether the layout is the newest. */
    Future<Boolean> examineLayout();

    /** Logs a warning about servers that lack the fix of a known vulnerability. */
    void warnOfVulnerabilities();

    /** What the connected servers say of themselves. */
    ServerFacts facts();

    Future<Void> close();
}
