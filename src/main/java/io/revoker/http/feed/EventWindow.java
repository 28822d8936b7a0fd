package io.revoker.http.feed;

import io.revoker.domain.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest events, as many as there is room for. Followers have a position in it instead of a buffer of their own:
 * one that is slow holds nothing, and finds that the events at its position have gone. Used by one event loop only.
 */
final class EventWindow {
    /**
     * Before the first entry of every log, what a follower of an empty log has. Unlike {@link Stamp#NONE}, which asks
     * for all that is left, it shows whether something has gone since.
     */
    static final Stamp BEGINNING = new Stamp(1);

    private final long room;
    private List<FeedEvent> events = new ArrayList<>();
    /** The number of the first of the list, and how many of its beginning have gone. */
    private long base;

    private int gone;
    private long bytes;
    private Stamp start;
    private Stamp read;

    /**
     * An empty one.
     *
     * @param room for events, in bytes
     * @param read everything up to here is left out
     */
    EventWindow(long room, Stamp read) {
        this.room = room;
        this.start = read;
        this.read = read;
    }

    /** @param upTo there are no others up to this stamp */
    void add(List<FeedEvent> next, Stamp upTo) {
        for (FeedEvent event : next) {
            events.add(event);
            bytes += event.size();
        }
        read = read.newer(upTo);
        while (bytes > room && gone < events.size()) {
            FeedEvent oldest = events.get(gone++);
            bytes -= oldest.size();
            start = start.newer(oldest.stamp());
        }
        if (gone > events.size() / 2) {
            base += gone;
            events = new ArrayList<>(events.subList(gone, events.size()));
            gone = 0;
        }
    }

    /**
     * Whether it has everything after a stamp that was read here. Another stamp in between may be one that the log has
     * lost.
     */
    boolean covers(Stamp stamp) {
        boolean isAnEnd =
                stamp.equals(start) || stamp.equals(start.newer(BEGINNING)) || stamp.equals(read.newer(BEGINNING));
        return isAnEnd || (stamp.isAfter(start) && has(stamp));
    }

    private boolean has(Stamp stamp) {
        long next = after(stamp);
        return is(next - 1, stamp) || is(next, stamp);
    }

    private boolean is(long position, Stamp stamp) {
        return position >= first() && position < end() && get(position).stamp().equals(stamp);
    }

    /** Everything up to here is in it, or has gone. */
    Stamp read() {
        return read;
    }

    /** Before this position everything has gone. */
    long first() {
        return base + gone;
    }

    long end() {
        return base + events.size();
    }

    FeedEvent get(long position) {
        return events.get((int) (position - base));
    }

    /** The position of the first event after a stamp, or of a reset with that stamp. */
    long after(Stamp stamp) {
        long low = first();
        long high = end();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle).isNewTo(stamp)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
