package io.revoker.jwt.keys;

/** How long it takes to verify a signature with a key. */
public enum Pace {
    /** Some ten microseconds, as long as the way to another thread and back. */
    QUICK,
    /** Up to a millisecond. */
    SLOW
}
