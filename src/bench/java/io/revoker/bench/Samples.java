package io.revoker.bench;

import java.util.Arrays;

/** Nanoseconds, taken by several threads. */
final class Samples {
    private long[] nanos = new long[1024];
    private int size;

    synchronized void add(long sample) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = sample;
    }

    /** What was added since the last time. */
    synchronized long[] take() {
        long[] taken = Arrays.copyOf(nanos, size);
        size = 0;
        return taken;
    }
}
