package io.revoker.feed;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.domain.store.Marks;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The marks that stand, as far as this node has heard of them. Written by the feed and by who revokes, read by every event loop. */
public final class MarkView implements Marks {
    private static final double NANOS = 1e9;
    private static final int LOOKED_FOR = 256;

    private final MarkTable table = new MarkTable();
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong known = new AtomicLong();
    private final NavigableSet<Long> unread = new ConcurrentSkipListSet<>();
    private final RecentTokens tokens = new RecentTokens();
    private final AtomicLong doubts = new AtomicLong();
    private volatile long settled;
    private volatile boolean current;
    private final LongSupplier nanos;
    private volatile long readAt;

    public MarkView() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    MarkView(LongSupplier nanos) {
        this.nanos = nanos;
        this.readAt = nanos.getAsLong();
    }

    @Override
    public Stamp newestFor(UserInRealm holder) {
        if (table.size() == 0) {
            return Stamp.NONE;
        }
        long realm = table.get(MarkId.ofRealm(holder.realm()));
        long user = table.get(MarkId.ofUser(holder.user()));
        long both = table.get(MarkId.ofHolder(holder));
        return new Stamp(Math.max(realm, Math.max(user, both)));
    }

    @Override
    public boolean remembers(TokenId id, Stamp birth) {
        return (!current || doubts.get() != settled) && tokens.contain(id, birth);
    }

    @Override
    public void doubt() {
        doubts.incrementAndGet();
    }

    /** How often there was doubt. */
    long doubts() {
        return doubts.get();
    }

    /**
     * The single tokens were found as dead as they are here, or made so again.
     *
     * @param before how often there had been doubt before they were looked at
     */
    void settle(long before) {
        settled = before;
    }

    @Override
    public Stamp newestMark() {
        return new Stamp(newest.get());
    }

    /** What was written here is looked for in the log until it has been read there. */
    @Override
    public void learn(Revocation revocation) {
        unread.add(revocation.stamp().micros());
        apply(revocation);
    }

    /** It was read from the log. */
    void read(Revocation revocation) {
        unread.remove(revocation.stamp().micros());
        apply(revocation);
    }

    private void apply(Revocation revocation) {
        long stamp = revocation.stamp().micros();
        if (revocation.target() instanceof Target.OneToken one) {
            tokens.add(one.id(), stamp);
        } else {
            table.raise(MarkId.of(revocation.target()).bits(), stamp);
            newest.accumulateAndGet(stamp, Math::max);
        }
        known.accumulateAndGet(stamp, Math::max);
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public boolean has(MarkId mark) {
        return table.get(mark.bits()) != 0;
    }

    /** Whether all marks are here, but for those that were raised a moment ago. */
    public boolean isCurrent() {
        return current;
    }

    /** Seconds since the end of the log was reached last; up to half of the call time-out while nothing is revoked. */
    public double lagSeconds() {
        return (nanos.getAsLong() - readAt) / NANOS;
    }

    /** The newest stamp that is known to have been in the log. */
    Stamp known() {
        return new Stamp(known.get());
    }

    /** The oldest revocations that were written here and have not been read from the log yet. */
    List<Stamp> unread() {
        return unread.stream().limit(LOOKED_FOR).map(Stamp::new).toList();
    }

    /** They are in the log: those that the feed has passed need not be looked for again. */
    void found(List<Stamp> present, Stamp read) {
        present.stream().filter(stamp -> !stamp.isAfter(read)).forEach(stamp -> unread.remove(stamp.micros()));
    }

    /** Nothing that was written until now is looked for any longer. */
    void forgetUnread() {
        unread.clear();
    }

    /** Something else than a revocation is in the log at this stamp. */
    void learn(Stamp stamp) {
        known.accumulateAndGet(stamp.micros(), Math::max);
    }

    MarkSlice slice(int number) {
        return table.slice(number);
    }

    /**
     * Takes over what the store has of a slice.
     *
     * @param upTo what was known when the store was asked: marks that are newer stay
     */
    void replace(int number, MarkSlice marks, Stamp upTo) {
        table.replace(number, marks, upTo.micros());
        marks.forEach((id, stamp) -> newest.accumulateAndGet(stamp, Math::max));
        known.accumulateAndGet(newest.get(), Math::max);
    }

    /** The single tokens whose revocation was heard of lately. */
    RecentTokens tokens() {
        return tokens;
    }

    /** The log has been read to its end. */
    void reachedTheEnd() {
        readAt = nanos.getAsLong();
    }

    void becomeCurrent() {
        current = true;
    }

    void fallBehind() {
        current = false;
    }
}
