package io.revoker.client.live;

/** What a token has opened: a WebSocket, a stream of events, a long response. Called by several threads. */
public interface LiveConnection {
    /** Ends it, because its token is no longer good. Called once; must neither block nor throw. */
    void end();

    /** Whether it has ended, for whatever reason. Asked now and then, so that it can be forgotten. Must not block. */
    boolean hasEnded();
}
