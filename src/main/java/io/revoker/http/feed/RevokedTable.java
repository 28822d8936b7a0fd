package io.revoker.http.feed;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log says, in a few bytes for each revocation: hashes of tokens and of marks, in the order of the stamps. It
 * forgets the oldest when they are too old or too many, and knows since when it has everything. Used by one event loop
 * only; a {@link View} may be read by any thread.
 */
final class RevokedTable {
    private static final int NO_REALM = -1;
    private static final int FIRST_ROOM = 1024;

    private final int most;
    private final Map<RealmId, Integer> realms = new HashMap<>();
    private final List<RealmId> names = new ArrayList<>();
    private Columns columns = new Columns(FIRST_ROOM);
    private int from;
    private int to;
    private Stamp since;
    private Stamp read = Stamp.NONE;

    /**
     * An empty one.
     *
     * @param most rows
     * @param since what was revoked before may be missing in the log
     */
    RevokedTable(int most, Stamp since) {
        this.most = most;
        this.since = since;
    }

    /**
     * The rows. What was written is not changed any more.
     *
     * @param value of a mark; 0 for a token
     * @param expiry of a token in seconds; 0 if it is not known
     * @param realm its number, or -1
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Columns(long[] stamp, long[] hash, long[] value, long[] expiry, int[] realm) {
        Columns(int rows) {
            this(new long[rows], new long[rows], new long[rows], new long[rows], new int[rows]);
        }

        Columns copy(int from, int to, int rows) {
            int kept = to - from;
            return new Columns(
                    Arrays.copyOf(Arrays.copyOfRange(stamp, from, to), Math.max(kept, rows)),
                    Arrays.copyOf(Arrays.copyOfRange(hash, from, to), Math.max(kept, rows)),
                    Arrays.copyOf(Arrays.copyOfRange(value, from, to), Math.max(kept, rows)),
                    Arrays.copyOf(Arrays.copyOfRange(expiry, from, to), Math.max(kept, rows)),
                    Arrays.copyOf(Arrays.copyOfRange(realm, from, to), Math.max(kept, rows)));
        }
    }

    /** Up to here it has read the log. */
    Stamp read() {
        return read;
    }

    /** What was revoked before this may be missing. */
    void startAt(Stamp before) {
        since = since.newer(before);
    }

    /** @param upTo there are no others up to this stamp */
    void add(List<LogEvent> events, Stamp upTo) {
        for (LogEvent event : events) {
            if (event instanceof LogEvent.Revoked revoked) {
                add(revoked.revocation());
            } else if (event instanceof LogEvent.Lost) {
                since = since.newer(event.stamp());
            }
        }
        read = read.newer(upTo);
    }

    private void add(Revocation revocation) {
        if (revocation.target() instanceof Target.Single one) {
            long expiry = EventForm.expiry(revocation, one).orElse(0L);
            int realm = number(EventForm.realm(revocation, one));
            row(revocation.stamp(), EventForm.hash(one), 0, expiry, realm);
            EventForm.partner(revocation, one).ifPresent(hash -> row(revocation.stamp(), hash, 0, 0, realm));
        } else {
            Mark mark = Mark.of(revocation.target(), revocation.stamp());
            row(
                    revocation.stamp(),
                    mark.id().bits(),
                    mark.value().micros(),
                    0,
                    number(EventForm.realm(revocation.target())));
        }
    }

    private int number(Optional<RealmId> realm) {
        return realm.map(name -> realms.computeIfAbsent(name, unknown -> {
                    names.add(name);
                    return names.size() - 1;
                }))
                .orElse(NO_REALM);
    }

    private void row(Stamp stamp, long hash, long value, long expiry, int realm) {
        if (to == columns.stamp().length) {
            columns = columns.copy(from, to, 2 * (to - from));
            to -= from;
            from = 0;
        }
        columns.stamp()[to] = stamp.micros();
        columns.hash()[to] = hash;
        columns.value()[to] = value;
        columns.expiry()[to] = expiry;
        columns.realm()[to] = realm;
        to++;
        if (to - from > most) {
            since = since.newer(new Stamp(columns.stamp()[from++]));
        }
    }

    /** Forgets what was revoked before this; it may be asked about no longer. */
    void forget(Stamp before) {
        since = since.newer(before);
        while (from < to && columns.stamp()[from] < before.micros()) {
            from++;
        }
    }

    /** What there is now. */
    View view() {
        return new View(columns, from, to, List.copyOf(names), since, read);
    }

    /** The table at one moment. */
    static final class View {
        private final Columns columns;
        private final int from;
        private final int to;
        private final List<RealmId> names;
        private final Stamp since;
        private final Stamp read;

        private View(Columns columns, int from, int to, List<RealmId> names, Stamp since, Stamp read) {
            this.columns = columns;
            this.from = from;
            this.to = to;
            this.names = names;
            this.since = since;
            this.read = read;
        }

        Stamp since() {
            return since;
        }

        /** Everything up to here is in it, as far as it is kept. */
        Stamp stamp() {
            return read.newer(EventWindow.BEGINNING);
        }

        /** Receives a row. */
        interface Visitor {
            void row(long hash, long value, long expiry);
        }

        /** Calls the visitor with the rows of these realms, and of none. */
        void forEach(RealmScope scope, Visitor visitor) {
            boolean[] covered = new boolean[names.size()];
            for (int i = 0; i < covered.length; i++) {
                covered[i] = scope.covers(names.get(i));
            }
            for (int i = from; i < to; i++) {
                int realm = columns.realm()[i];
                if (realm == NO_REALM || covered[realm]) {
                    visitor.row(columns.hash()[i], columns.value()[i], columns.expiry()[i]);
                }
            }
        }
    }
}
