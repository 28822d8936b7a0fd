package io.revoker.client.live;

import java.util.Arrays;

/** The hashes of which something has changed, until they are looked at. If they become too many, all are meant. */
final class Pending {
    private static final int MOST = 4096;

    private final long[] hashes = new long[MOST];
    private int size;
    private boolean all;

    /** What has changed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Batch(boolean all, long[] hashes) {}

    /** Returns whether it is the first, so that it has to be looked for. */
    synchronized boolean add(long hash) {
        boolean isFirst = isEmpty();
        if (size < MOST) {
            hashes[size] = hash;
            size++;
        } else {
            all = true;
        }
        return isFirst;
    }

    synchronized boolean addAll() {
        boolean isFirst = isEmpty();
        all = true;
        return isFirst;
    }

    private boolean isEmpty() {
        return size == 0 && !all;
    }

    synchronized Batch take() {
        Batch taken = new Batch(all, Arrays.copyOf(hashes, all ? 0 : size));
        size = 0;
        all = false;
        return taken;
    }
}
