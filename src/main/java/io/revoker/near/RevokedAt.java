package io.revoker.near;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When this instance learned last that a single token was revoked, for each token. Several tokens share a place: then
 * one is taken for revoked although another one was, and the store is asked. So it never grows. Written by the feed,
 * read by every event loop.
 */
final class RevokedAt {
    private static final int LEAST = 1 << 14;
    private static final int MOST = 1 << 18;

    private final AtomicLongArray times;
    /** Looked at first: it is at hand, and a place in the table seldom is. */
    private final AtomicLong newest;

    private final int mask;

    /**
     * As if none was revoked.
     *
     * @param entries for which this is looked up
     * @param longAgo a time before all others
     */
    RevokedAt(int entries, long longAgo) {
        int wanted = Math.max(LEAST, Math.min(MOST, entries));
        this.times = new AtomicLongArray(Integer.highestOneBit(wanted) * 4);
        this.mask = times.length() - 1;
        this.newest = new AtomicLong(longAgo);
        for (int place = 0; place < times.length(); place++) {
            times.setPlain(place, longAgo);
        }
    }

    /** @param bits the first ones of the id of a token */
    void set(long bits, long now) {
        times.set(place(bits), now);
        newest.accumulateAndGet(now, (known, later) -> later - known > 0 ? later : known);
    }

    /** When it learned last that any token was revoked. */
    long newest() {
        return newest.get();
    }

    long get(long bits) {
        return times.get(place(bits));
    }

    private int place(long bits) {
        return (int) bits & mask;
    }
}
