package io.revoker.client.view;

import io.revoker.client.feed.SeenRealms;

/**
 * What is revoked, in tables. One thread writes, any number read.
 *
 * <p>Tokens are hashes. A mark has the microsecond before which its tokens have to be older to be dead, a lock the one
 * at which it ends.
 */
final class Known {
    private final LongTable tokens;
    private final LongTable marks;
    private final LongTable locks;
    private volatile long since;
    /** Whether there may be marks of selections, or of what was issued before an instant: else none are looked for. */
    private volatile boolean hasSelections;

    private volatile boolean hasIssuedBefore;
    private volatile SeenRealms seen = SeenRealms.ALL;

    /** An empty one with room. */
    Known(long since, int tokens, int marks, int locks) {
        this.since = since;
        this.tokens = LongTable.ofHashes(tokens);
        this.marks = LongTable.ofNumbers(marks);
        this.locks = LongTable.ofNumbers(locks);
    }

    /** What knows nothing, since now. */
    static Known nothing() {
        return new Known(Long.MAX_VALUE, 0, 0, 0);
    }

    /** What was revoked before this microsecond may be missing. */
    long since() {
        return since;
    }

    void startAt(long micros) {
        since = micros;
    }

    /** Of which realms it may have something. */
    SeenRealms seen() {
        return seen;
    }

    void see(SeenRealms realms) {
        seen = realms;
    }

    int tokens() {
        return tokens.size();
    }

    int marks() {
        return marks.size();
    }

    int locks() {
        return locks.size();
    }

    int size() {
        return Math.addExact(Math.addExact(tokens(), marks()), locks());
    }

    /** How many entries it has that another one does not have. */
    int sizeWithout(Known other) {
        int[] count = {0};
        tokens.forEach((hash, none) -> count[0] += other.tokens.contains(hash) ? 0 : 1);
        marks.forEach((hash, value) -> count[0] += other.marks.get(hash) != 0 ? 0 : 1);
        locks.forEach((hash, until) -> count[0] += until == 0 || other.locks.get(hash) != 0 ? 0 : 1);
        return count[0];
    }

    void token(long hash) {
        tokens.add(hash);
    }

    /** A mark only grows. */
    void mark(long hash, long value) {
        hasSelections |= Hashes.isOfSelection(hash); // before it can be found: a reader looks for what there may be
        hasIssuedBefore |= Hashes.isOfIssuedBefore(hash);
        marks.raise(hash, value);
    }

    /** Of the locks of a target that which lasts longest counts. */
    void lock(long hash, long until) {
        hasSelections |= Hashes.isOfSelection(hash);
        locks.raise(hash, until);
    }

    void unlock(long hash) {
        locks.set(hash, 0);
    }

    /** Adds all that another one knows, but not since when. */
    void add(Known other) {
        other.forEach(new Visitor() {
            @Override
            public void token(long hash) {
                Known.this.token(hash);
            }

            @Override
            public void mark(long hash, long value) {
                Known.this.mark(hash, value);
            }

            @Override
            public void lock(long hash, long until) {
                Known.this.lock(hash, until);
            }
        });
    }

    /** The same of what was learned later, with the locks that were removed. */
    void addLater(Known later) {
        add(later);
        later.locks.forEach((hash, until) -> {
            if (until == 0) {
                unlock(hash);
            }
        });
    }

    /** Receives everything. */
    interface Visitor {
        void token(long hash);

        void mark(long hash, long value);

        void lock(long hash, long until);
    }

    void forEach(Visitor visitor) {
        tokens.forEach((hash, none) -> visitor.token(hash));
        marks.forEach(visitor::mark);
        locks.forEach((hash, until) -> {
            if (until != 0) {
                visitor.lock(hash, until);
            }
        });
    }

    /**
     * What it says of a token. Allocates nothing.
     *
     * @param freshness as it was before this was got
     */
    RevocationState of(TokenKey key, Freshness freshness) {
        if (key.isIn(tokens)) {
            return RevocationState.REVOKED;
        }
        long newest = marks.size() == 0 ? 0 : newest(marks, key);
        long before = hasIssuedBefore ? key.newestBefore(marks) : 0;
        if (key.isBefore(newest)
                || key.isIssuedBefore(before)
                || (locks.size() > 0 && freshness.mayBeYetToCome(newest(locks, key)))) {
            return RevocationState.REVOKED;
        }
        boolean isUnsure = (newest > 0 && key.mayPrecede(newest)) || (before > 0 && key.mayBeIssuedBefore(before));
        return key.isJudgedSince(since) && key.isOf(seen) && !isUnsure && !freshness.isOver()
                ? RevocationState.NOT_REVOKED
                : RevocationState.UNKNOWN;
    }

    /** Whether all that concerns a token comes from now on. */
    boolean follows(TokenKey key) {
        return key.isComplete() && key.isOf(seen);
    }

    private long newest(LongTable table, TokenKey key) {
        long whole = key.newestWhole(table);
        return hasSelections ? Math.max(whole, key.newestSelected(table)) : whole;
    }
}
