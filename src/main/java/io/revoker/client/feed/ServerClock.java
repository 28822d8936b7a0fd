package io.revoker.client.feed;

import java.util.concurrent.TimeUnit;

/**
 * Where the clock of an instance stands on the clock of this machine, both of which only go forward. The answer to a
 * request was begun after the request was sent: what the instance tells of a later moment was so at the earliest as
 * much later than that. How long its words took does not matter, and the time of day of neither machine.
 *
 * @param askedAt when the request was sent, by {@link System#nanoTime()}
 * @param uptime of the instance, in milliseconds, when it began to answer
 */
record ServerClock(long askedAt, long uptime) {
    /** One clock may run faster than the other by one in so many: twice what NTP corrects. */
    private static final long DRIFT = 1000;

    /** Of two values in whole milliseconds. */
    private static final long ROUNDING = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * When something was so at the earliest, by {@link System#nanoTime()}.
     *
     * @param told the uptime of the instance when it sent that, in milliseconds
     * @param age for how long it knew that already, in milliseconds
     */
    long earliest(long told, long age) {
        long elapsed = TimeUnit.MILLISECONDS.toNanos(told - uptime);
        return askedAt + elapsed - elapsed / DRIFT - TimeUnit.MILLISECONDS.toNanos(age) - ROUNDING;
    }
}
