package io.revoker.client.feed;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before a further attempt: twice as long each time, and never all views at once. */
public final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final int DOUBLINGS = 5;

    private Backoff() {}

    /**
     * After some failures in a row.
     *
     * @param free so many attempts are made at once, each with another node
     */
    public static Duration after(int failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        long longest = FIRST_MILLIS << Math.min(DOUBLINGS, failures - free);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
