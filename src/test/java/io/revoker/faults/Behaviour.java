package io.revoker.faults;

/** What a {@link FaultProxy} does with what comes. */
enum Behaviour {
    PASS,
    /** Closes connections as soon as they are made. */
    REFUSE,
    /** Takes new connections and never passes anything on; what is under way stays there. */
    HALF_OPEN,
    /** Passes everything on later. */
    DELAY,
    /** Passes on a few bytes at a time. */
    THROTTLE,
    /** Keeps what comes from the client. It arrives when this is over. */
    HOLD_REQUESTS,
    /** Keeps what comes from the server. It arrives when this is over. */
    HOLD_REPLIES,
    /** Passes on half of the next reply, and ends the connection. */
    TRUNCATE
}
