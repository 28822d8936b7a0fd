package io.revoker.revocation.count;

import java.util.concurrent.Semaphore;

/**
 * The places for counts of many holders, which all event loops of an instance share: each such count remembers its
 * holders.
 */
public final class LargeCounts {
    private final int most;
    private final int small;
    private final Semaphore places;

    /** A few. */
    public LargeCounts() {
        this(4, 10_000);
    }

    /** @param small number of holders up to which a count needs no place */
    LargeCounts(int most, int small) {
        this.most = most;
        this.small = small;
        this.places = new Semaphore(most);
    }

    int most() {
        return most;
    }

    boolean needPlace(int holders) {
        return holders > small;
    }

    /** Whether there was a place; it must be {@linkplain #leave left}. */
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }
}
