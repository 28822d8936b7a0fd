package io.revoker.caller;

import java.util.concurrent.atomic.AtomicInteger;

/** A hash that counts how often it is compared. */
record CountingHash(SecretHash hash, AtomicInteger comparisons) implements SecretHash {

    @Override
    public boolean matches(ClientSecret secret) {
        comparisons.incrementAndGet();
        return hash.matches(secret);
    }

    @Override
    public long cost() {
        return hash.cost();
    }
}
