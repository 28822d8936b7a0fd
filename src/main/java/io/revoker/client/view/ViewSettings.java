package io.revoker.client.view;

import io.revoker.client.feed.FeedConnection;
import io.revoker.client.feed.HeartbeatKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a view is kept.
 *
 * @param bound how old what it decides by may be
 * @param refresh after which it takes a snapshot to forget what has expired
 * @param most entries
 * @param name under which it confirms what it has applied
 * @param keys that heartbeats have to be signed by
 */
record ViewSettings(
        Duration bound,
        Duration refresh,
        int most,
        WhenUnknown whenUnknown,
        Optional<Path> file,
        Optional<String> name,
        HeartbeatKeys keys,
        ViewListener listener) {

    /** How long a stream lasts: then the clocks are compared anew. */
    private static final int BOUNDS_OF_A_STREAM = 60;

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(2);
    /** So many have to be missing. */
    private static final int HEARTBEATS = 4;

    FeedConnection.Terms terms() {
        return new FeedConnection.Terms(lifetime(), keys);
    }

    Duration lifetime() {
        return bound.multipliedBy(BOUNDS_OF_A_STREAM);
    }

    /** How long a stream has to have lasted if it is no failure that it ends. */
    Duration longEnough() {
        return lifetime().multipliedBy(3).dividedBy(4);
    }

    /** After which a connection is given up; the service says something at least once a second. */
    Duration silence() {
        return longer(part(), LEAST_SILENCE);
    }

    /**
     * The same of a service whose heartbeats come more often than a short bound needs.
     *
     * @param between two heartbeats, at most; zero if there were not two yet
     */
    Duration silence(Duration between) {
        Duration several = longer(part(), between.multipliedBy(HEARTBEATS));
        return between.isZero() || several.compareTo(silence()) > 0 ? silence() : several;
    }

    private Duration part() {
        return bound.multipliedBy(3).dividedBy(5);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
