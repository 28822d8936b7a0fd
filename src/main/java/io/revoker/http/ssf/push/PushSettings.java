package io.revoker.http.ssf.push;

import io.revoker.http.ssf.PushRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How events are pushed.
 *
 * @param rules where to, and with what
 * @param timeout of one push
 * @param longestPause between two attempts
 * @param authorities PEM file of the certificates that are trusted; absent for those of the Java runtime
 * @param unknownClient after which time a stream is removed whose client is not there any more
 */
public record PushSettings(
        PushRules rules, Duration timeout, Duration longestPause, Optional<Path> authorities, Duration unknownClient) {
    /** How many events of a stream are under way at a time. */
    static final int TOGETHER = 8;

    /** For reading what is pushed. */
    static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 20;

    /** How long an instance has a stream after each time it begins to push. */
    Duration lease() {
        return timeout.multipliedBy(2).plus(MARGIN);
    }

    /**
     * Until the next attempt.
     *
     * @param failures in a row, from 1
     */
    Duration pause(int failures) {
        Duration doubled = SHORTEST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - 1));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
