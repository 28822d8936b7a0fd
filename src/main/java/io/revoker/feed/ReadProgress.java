package io.revoker.feed;

import io.revoker.domain.Stamp;
import java.util.function.LongSupplier;

/** How far the marks have been read. Written by the feed only, read by every event loop. */
final class ReadProgress {
    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private volatile long readAt;
    private volatile long complete;
    private volatile boolean current;

    /** Begins now, by a clock that only goes forward. */
    ReadProgress(LongSupplier nanos) {
        this.nanos = nanos;
        this.readAt = nanos.getAsLong();
    }

    boolean hasAllUpTo(Stamp last) {
        return last.micros() <= complete;
    }

    /** Every mark up to this stamp is here. */
    void hasRead(Stamp upTo) {
        complete = Math.max(complete, upTo.micros());
    }

    /** Marks may be missing, however old. */
    void doubtMarks() {
        complete = 0;
    }

    /**
     * Seconds since the end of the log was last reached; up to the time between two heartbeats while nothing is
     * revoked.
     */
    double lagSeconds() {
        return (nanos.getAsLong() - readAt) / NANOS;
    }

    /** The log has been read to its end. */
    void reachedTheEnd() {
        readAt = nanos.getAsLong();
    }

    /** Whether all marks are here, except those that were raised a moment ago. */
    boolean isCurrent() {
        return current;
    }

    void becomeCurrent() {
        current = true;
    }

    void fallBehind() {
        current = false;
    }
}
