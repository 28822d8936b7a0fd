package io.revoker.caller;

/** A secret as the client file holds it. It never prints more than its kind. */
interface SecretHash {

    /** Whether this is the hash of the secret. Compares in constant time; a slow hash blocks for as long as it costs. */
    boolean matches(Secret secret);

    /** What a comparison costs, estimated in SHA-256 blocks. */
    long cost();

    /** Whether a comparison takes too long for an event loop. */
    default boolean isSlow() {
        return cost() > 1;
    }
}
