package io.revoker.feed;

import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.Mark;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.Traits;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The marks, as far as this node knows them. Written by the feed and by revocations of this node, read by every event
 * loop.
 */
public final class MarkView implements Marks {
    private final MarkTable table = new MarkTable();
    private final CoverLookup lookup = new CoverLookup(table);
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong known = new AtomicLong();
    private final UnreadMarks unread = new UnreadMarks();
    private final LockView locks = new LockView();
    private final RecentTokens tokens = new RecentTokens();
    private final AtomicLong doubts = new AtomicLong();
    private volatile long settled;
    private final ReadProgress progress;

    public MarkView() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    MarkView(LongSupplier nanos) {
        this.progress = new ReadProgress(nanos);
    }

    @Override
    public Stamp newestFor(UserInRealm holder) {
        return lookup.newestFor(holder);
    }

    @Override
    public Cover coverOf(Traits token) {
        return lookup.of(token);
    }

    @Override
    public boolean mayCover(Stamp birth) {
        return newest.get() > birth.micros() || table.hasIssuedBefore() || table.hasSelectedIssuedBefore();
    }

    @Override
    public boolean hasAllUpTo(Stamp last) {
        return progress.hasAllUpTo(last);
    }

    /** How far the marks have been read. */
    ReadProgress progress() {
        return progress;
    }

    @Override
    public boolean remembers(Token token) {
        return mayBeLost() && tokens.contain(token);
    }

    @Override
    public boolean remembersAny(RealmId realm, Collection<TokenId> ids) {
        return mayBeLost() && tokens.haveTombstoneOf(realm, ids);
    }

    private boolean mayBeLost() {
        return !isCurrent() || doubts.get() != settled;
    }

    @Override
    public void doubt() {
        doubts.incrementAndGet();
    }

    /** How often a connection was new. */
    long doubts() {
        return doubts.get();
    }

    /**
     * The single tokens were found to be as dead in the store as here, or were invalidated again.
     *
     * @param before the value of {@link #doubts} before they were looked up
     */
    void settle(long before) {
        settled = before;
    }

    @Override
    public Stamp newestMark() {
        return new Stamp(newest.get());
    }

    /** A revocation that this node wrote is looked for in the log until it has been read there. */
    @Override
    public void learn(Revocation revocation) {
        unread.add(revocation);
        apply(revocation);
    }

    /** Applies a revocation that was read from the log. */
    void read(Revocation revocation) {
        apply(revocation);
        unread.read(revocation.stamp());
    }

    private void apply(Revocation revocation) {
        long stamp = revocation.stamp().micros();
        if (revocation.target() instanceof Target.Single one) {
            tokens.add(RevokedToken.by(one, revocation.stamp(), revocation.registered()));
        } else {
            revocation
                    .lockedUntil()
                    .ifPresent(until -> locks.add(
                            new Lock(revocation.target(), until, revocation.stamp(), "", revocation.reason())));
            Mark mark = Mark.of(revocation.target(), revocation.stamp());
            table.raise(mark.id().bits(), mark.value().micros());
            newest.accumulateAndGet(stamp, Math::max);
        }
        known.accumulateAndGet(stamp, Math::max);
    }

    @Override
    public Optional<Instant> lockedUntil(Traits tokens) {
        return locks.until(tokens);
    }

    @Override
    public void unlock(Lock removed) {
        locks.remove(removed);
    }

    LockView locks() {
        return locks;
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public boolean has(MarkId mark) {
        return table.get(mark.bits()) != 0;
    }

    /** Whether all marks are here, except those that were raised a moment ago. */
    public boolean isCurrent() {
        return progress.isCurrent();
    }

    /** The newest stamp that is known to have been in the log. */
    Stamp known() {
        return new Stamp(known.get());
    }

    /** The oldest revocations that this node wrote and has not read from the log yet. */
    List<Stamp> unread() {
        return unread.oldest();
    }

    /** The stamps are in the log: those that the feed has passed need not be looked for again. */
    void found(List<Stamp> present, Stamp read) {
        present.stream().filter(stamp -> !stamp.isAfter(read)).forEach(unread::remove);
    }

    /** Stops looking for everything that was written until now. */
    void forgetUnread() {
        unread.clear();
    }

    /** The log has an entry with this stamp that is not a revocation. */
    void learn(Stamp stamp) {
        known.accumulateAndGet(stamp.micros(), Math::max);
    }

    MarkSlice slice(int number) {
        return table.slice(number);
    }

    /**
     * Replaces a slice by the store's.
     *
     * @param upTo what was known when the store was asked: marks that are newer stay
     */
    void replace(int number, MarkSlice marks, Stamp upTo) {
        table.replace(number, marks, upTo.micros(), unread);
        marks.forEach((id, value) -> newest.accumulateAndGet(value, Math::max));
        known.accumulateAndGet(newest.get(), Math::max);
    }

    /** The single tokens whose revocation this node learned of recently. */
    RecentTokens tokens() {
        return tokens;
    }
}
