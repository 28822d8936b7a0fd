package io.revoker.domain.store;

import io.revoker.domain.Stamp;
import java.util.List;

/**
 * Learns what this node reads of the log, in the order of the stamps. Every call comes from the event loop of the feed.
 */
public interface LogListener {
    /** One that ignores everything. */
    LogListener NONE = new LogListener() {
        @Override
        public void read(List<LogEvent> events, Stamp upTo) {}

        @Override
        public void missed(Stamp upTo) {}

        @Override
        public void reachedTheEnd(Stamp read, long askedAt) {}
    };

    /**
     * The next entries.
     *
     * @param upTo there are no others up to this stamp
     */
    void read(List<LogEvent> events, Stamp upTo);

    /** Entries up to this stamp were not read, and can't be read any more. */
    void missed(Stamp upTo);

    /**
     * The log had no newer entry when the store was asked.
     *
     * @param askedAt before it was asked, by {@link System#nanoTime()}; its answer may have waited long
     */
    void reachedTheEnd(Stamp read, long askedAt);

    /**
     * The log can't be read, or has lost entries: from now on, until its end is reached again, it may have newer
     * entries than are known.
     */
    default void fellBehind() {}

    /** Calls this one first, then the other. */
    default LogListener then(LogListener other) {
        LogListener first = this;
        return new LogListener() {
            @Override
            public void read(List<LogEvent> events, Stamp upTo) {
                first.read(events, upTo);
                other.read(events, upTo);
            }

            @Override
            public void missed(Stamp upTo) {
                first.missed(upTo);
                other.missed(upTo);
            }

            @Override
            public void reachedTheEnd(Stamp read, long askedAt) {
                first.reachedTheEnd(read, askedAt);
                other.reachedTheEnd(read, askedAt);
            }

            @Override
            public void fellBehind() {
                first.fellBehind();
                other.fellBehind();
            }
        };
    }
}
