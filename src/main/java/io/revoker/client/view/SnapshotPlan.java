package io.revoker.client.view;

import io.revoker.client.feed.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** When the next snapshot is taken: at once, after some failures, or to forget what has expired. */
final class SnapshotPlan {
    private final Duration refresh;
    private int failures;
    private long next = System.nanoTime();
    /** The service lacked something while it was no further than this. */
    private Optional<Long> wentBackAt = Optional.empty();

    SnapshotPlan(Duration refresh) {
        this.refresh = refresh;
    }

    boolean isDue(long now) {
        return now - next >= 0;
    }

    void atOnce() {
        next = System.nanoTime();
    }

    void came() {
        failures = 0;
        wentBackAt = Optional.empty();
        later();
    }

    void failed() {
        next = System.nanoTime() + Backoff.OF_CONNECTIONS.after(++failures, 1).toNanos();
    }

    /** @param stamp up to which the service has something */
    void wentBack(long stamp) {
        wentBackAt = Optional.of(stamp);
        later();
    }

    /** The service has read up to a stamp. */
    void reached(long stamp) {
        if (wentBackAt.filter(before -> stamp > before).isPresent()) {
            wentBackAt = Optional.empty();
            atOnce();
        }
    }

    private void later() {
        long longest = refresh.toNanos();
        next = System.nanoTime() + ThreadLocalRandom.current().nextLong(longest / 5 * 4, longest + 1);
    }
}
