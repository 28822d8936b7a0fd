package io.revoker.http.feed;

import java.lang.management.ManagementFactory;

/** A clock of this process that only goes forward: followers compare it with theirs, and no time of day. */
final class Uptime {
    /** Of the answer to a follower. */
    static final String HEADER = "Revoker-Uptime";

    private Uptime() {}

    static long millis() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }
}
