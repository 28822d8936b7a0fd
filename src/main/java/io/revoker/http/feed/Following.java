package io.revoker.http.feed;

/** A client that gets events of the window of its event loop. Used by that event loop only. */
interface Following {
    /** There may be something in the window for it. */
    void pump();

    /** Takes a heartbeat. */
    void beat(Beat beat);

    /**
     * Called about as often as there are heartbeats: drops a client that takes nothing.
     *
     * @param now by {@link System#nanoTime()}
     */
    void look(long now);

    /** Nanoseconds for which something has waited for it. */
    long lag(long now);

    /** Ends the answer: the client is to ask again. */
    void end();

    /** The client has gone. */
    void left();
}
