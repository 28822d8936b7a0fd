package io.revoker.client.view;

import io.revoker.client.feed.FeedEvent;
import io.revoker.client.feed.SeenRealms;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What the view knows, and up to which stamp nothing is missing in it. While there is a gap, because it has just begun
 * or the service has said that events are missing, a snapshot is needed. Written by the thread of the view only.
 */
final class Tables {
    /** The reasons of resets after which a snapshot has all that it says. */
    private static final Set<String> HAS_ALL = Set.of("trimmed", "behind");

    private final int most;
    private volatile Known known = Known.nothing();
    private volatile long stamp;
    private boolean gap = true;
    /** The last event of the feed that came, from which it can be resumed. */
    private Optional<Long> position = Optional.empty();
    /** What has come since a snapshot was asked for. */
    private Optional<Known> later = Optional.empty();

    private long stampWhenAsked;
    private SeenRealms followed = SeenRealms.ALL;

    /** @param most entries that there may be */
    Tables(int most) {
        this.most = most;
    }

    Known known() {
        return known;
    }

    /** Everything up to it is known; 0 before anything is. */
    long stamp() {
        return stamp;
    }

    boolean hasGap() {
        return gap;
    }

    Optional<Long> position() {
        return position;
    }

    /** Begins with what was known at another time. */
    void restore(StateFile.State state) {
        known = state.known();
        stamp = state.stamp();
        position = Optional.of(stamp); // the service tells if it has lost that
    }

    /**
     * A stream begins that has the events of these realms, and from now on of no others.
     *
     * @return false if what is known is of other realms, so that a snapshot is needed
     */
    boolean follow(SeenRealms seen) {
        followed = seen;
        boolean isSame = known.seen().equals(seen);
        known.see(known.seen().and(seen));
        gap |= !isSame;
        return isSame;
    }

    /**
     * Takes an event of the feed that is no heartbeat.
     *
     * @return what it has changed
     */
    Change apply(FeedEvent event) throws IOException {
        long before = position.orElse(0L);
        boolean isReset = event.name().equals(FeedEvent.RESET);
        boolean isBack = !event.name().isEmpty() && event.id().orElse(Long.MAX_VALUE) <= before;
        gap |= isReset || isBack;
        if (isReset && !HAS_ALL.contains(event.fields().text("reason").orElse(""))) {
            lost(Math.max(stamp, event.id().orElse(before)));
        }
        if (later.filter(this::isFull).isPresent()) { // comes again, with the next connection
            throw new IOException("feed: more entries than the view may have (expected: at most " + most + ")");
        }
        Change change = Change.of(event);
        if (!isFull(known)) {
            change.apply(known);
        }
        gap |= isFull(known) && !event.name().isEmpty();
        later.ifPresent(change::apply);
        reach(event.id());
        return change;
    }

    /** Has more than it may: then nothing is added, and a smaller snapshot is needed. */
    private boolean isFull(Known tables) {
        return tables.size() > most;
    }

    /** Everything up to this stamp has come. */
    void reach(Optional<Long> id) {
        position = id.or(() -> position);
        if (!gap) {
            stamp = Math.max(stamp, position.orElse(0L));
        }
    }

    /** A snapshot is asked for now. */
    void askForSnapshot() {
        later = Optional.of(new Known(0, 0, 0, 0));
        stampWhenAsked = stamp;
    }

    void giveUpSnapshot() {
        later = Optional.empty();
    }

    /** What is thrown if the service lacks what is known here. */
    static final class WentBack extends Exception { // checked: its reaction is another one than that of a failure
        private static final long serialVersionUID = 1L;

        private final long service;
        private final long here;

        private WentBack(long service, long here) {
            super("snapshot: up to " + service + " (expected: at least " + here + ", which is known here)");
            this.service = service;
            this.here = here;
        }

        long service() {
            return service;
        }

        long here() {
            return here;
        }
    }

    /**
     * Takes a snapshot that was asked for. It replaces what is known, so that what has expired is forgotten. But if it
     * begins no later than what is known here, or only after the last event that is, the service may have lost
     * something: then nothing is forgotten, until it begins later.
     *
     * @throws WentBack if it does not reach so far as what is known; then that stays
     */
    void take(Known snapshot, long upTo) throws WentBack {
        Known since = later.orElseThrow();
        later = Optional.empty();
        if (upTo < stampWhenAsked && stampWhenAsked >= snapshot.since()) {
            lost(stampWhenAsked);
            throw new WentBack(upTo, stampWhenAsked);
        }
        boolean keeps = stamp > 0 && (snapshot.since() <= known.since() || snapshot.since() > stamp);
        if (keeps && (long) snapshot.size() + known.sizeWithout(snapshot) <= most) {
            snapshot.add(known);
        }
        if (keeps) {
            snapshot.startAt(Math.max(snapshot.since(), known.since()));
        }
        snapshot.addLater(since);
        snapshot.see(snapshot.seen().and(followed));
        known = snapshot;
        gap = false;
        stamp = Math.max(upTo, position.orElse(0L));
    }

    /** The service may have lost what was revoked up to this stamp, whatever it says. What is known here stays. */
    private void lost(long upTo) {
        known.startAt(Math.max(known.since(), upTo));
    }
}
