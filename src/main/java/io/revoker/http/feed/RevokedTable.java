package io.revoker.http.feed;

import static io.revoker.http.feed.RealmNumbers.NO_REALM;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the log says, in a few bytes for each revocation: hashes of tokens and of marks, in the order of the stamps. It
 * forgets the oldest when they are too old or too many, and knows since when it has everything. Used by one event loop
 * only; a {@link View} may be read by any thread.
 */
final class RevokedTable {
    private final int most;
    private final RealmNumbers realms = new RealmNumbers();
    /** In their order; only the first and the last may have fewer rows. */
    private final List<Rows> parts = new ArrayList<>();
    /** Of the first part the first row that is not forgotten, of the last one the first that is not written. */
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
     * Some rows. What was written is not changed any more. So growing copies nothing.
     *
     * @param number of a mark its value; of a token its expiry in seconds, below 0, or 0 if it is not known
     * @param realm its number, or {@link RealmNumbers#NO_REALM}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Rows(long[] stamp, long[] hash, long[] number, int[] realm) {
        static final int MOST = 4096;

        Rows() {
            this(new long[MOST], new long[MOST], new long[MOST], new int[MOST]);
        }
    }

    /** What a row takes. */
    static int bytesEach() {
        return 3 * Long.BYTES + Integer.BYTES;
    }

    /** Of memory for rows. */
    long bytes() {
        return (long) parts.size() * Rows.MOST * bytesEach();
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
            int realm = realms.of(EventForm.realm(revocation, one));
            row(revocation.stamp(), EventForm.hash(one), -expiry, realm);
            EventForm.partner(revocation, one).ifPresent(hash -> row(revocation.stamp(), hash, 0, realm));
        } else {
            Mark mark = Mark.of(revocation.target(), revocation.stamp());
            row(
                    revocation.stamp(),
                    mark.id().bits(),
                    mark.value().micros(),
                    realms.of(EventForm.realm(revocation.target())));
        }
    }

    private void row(Stamp stamp, long hash, long number, int realm) {
        if (parts.isEmpty() || to == Rows.MOST) {
            parts.add(new Rows());
            to = 0;
        }
        Rows last = parts.get(parts.size() - 1);
        last.stamp()[to] = stamp.micros();
        last.hash()[to] = hash;
        last.number()[to] = number;
        last.realm()[to] = realm;
        to++;
        if (size() > most) {
            since = since.newer(new Stamp(oldest()));
            forgetOldest();
        }
    }

    private long size() {
        return parts.isEmpty() ? 0 : (long) (parts.size() - 1) * Rows.MOST + to - from;
    }

    private long oldest() {
        return parts.get(0).stamp()[from];
    }

    private void forgetOldest() {
        from++;
        if (from == Rows.MOST) {
            parts.remove(0);
            from = 0;
        }
    }

    /** Forgets what was revoked before this; it may be asked about no longer. */
    void forget(Stamp before) {
        since = since.newer(before);
        while (size() > 0 && oldest() < before.micros()) {
            forgetOldest();
        }
        if (realms.size() > 2 * size() + Rows.MOST) {
            forgetRealms();
        }
    }

    /** Numbers the realms anew of which there are rows. A view may still have the rows as they were. */
    private void forgetRealms() {
        List<RealmId> before = realms.names();
        realms.clear();
        for (int part = 0; part < parts.size(); part++) {
            Rows rows = parts.get(part);
            int[] numbers = rows.realm().clone();
            int end = part == parts.size() - 1 ? to : Rows.MOST;
            for (int i = part == 0 ? from : 0; i < end; i++) {
                if (numbers[i] != NO_REALM) {
                    numbers[i] = realms.of(Optional.of(before.get(numbers[i])));
                }
            }
            parts.set(part, new Rows(rows.stamp(), rows.hash(), rows.number(), numbers));
        }
    }

    /** Of how many realms it has the name. */
    int realms() {
        return realms.size();
    }

    /** What there is now. */
    View view() {
        return new View(List.copyOf(parts), from, to, realms.names(), since, read);
    }

    /** The table at one moment. */
    record View(List<Rows> parts, int from, int to, List<RealmId> names, Stamp since, Stamp read) {

        /** Everything up to here is in it, as far as it is kept. */
        Stamp stamp() {
            return read.newer(EventWindow.BEGINNING);
        }

        /** Receives a row. */
        interface Visitor {
            /**
             * One of them.
             *
             * @param value of a mark; 0 for a token
             * @param expiry of a token in seconds; 0 if it is not known
             */
            void row(long hash, long value, long expiry);
        }

        /** Calls the visitor with the rows of these realms, and of none. */
        void forEach(RealmScope scope, Visitor visitor) {
            boolean[] covered = new boolean[names.size()];
            for (int i = 0; i < covered.length; i++) {
                covered[i] = scope.covers(names.get(i));
            }
            for (int part = 0; part < parts.size(); part++) {
                Rows rows = parts.get(part);
                int end = part == parts.size() - 1 ? to : Rows.MOST;
                for (int i = part == 0 ? from : 0; i < end; i++) {
                    int realm = rows.realm()[i];
                    if (realm == NO_REALM || covered[realm]) {
                        long number = rows.number()[i];
                        visitor.row(rows.hash()[i], Math.max(0, number), Math.max(0, -number));
                    }
                }
            }
        }
    }
}
