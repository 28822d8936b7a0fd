package io.revoker.client.feed;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before a further attempt: twice as long each time, and never all views at once.
 *
 * @param first at most, after the first failure that has to wait
 * @param longest at most, after any number
 */
public record Backoff(Duration first, Duration longest) {
    /** Before a further connection. */
    public static final Backoff OF_CONNECTIONS = new Backoff(Duration.ofMillis(100), Duration.ofMillis(3200));

    /** Many more than any of them needs until it is the longest. */
    private static final int DOUBLINGS = 16;

    /**
     * After some failures in a row.
     *
     * @param free so many attempts are made at once, each with another node
     */
    public Duration after(int failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        long most = Math.min(longest.toMillis(), first.toMillis() << Math.min(DOUBLINGS, failures - free));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
