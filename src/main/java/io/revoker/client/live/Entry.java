package io.revoker.client.live;

import io.revoker.client.view.TokenKey;

/** A connection, and what has opened it. */
record Entry(String token, TokenKey key, LiveConnection connection) {
    /** A further one of the same token is another one. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "a connection"; // the token is a secret
    }
}
