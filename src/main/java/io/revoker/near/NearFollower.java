package io.revoker.near;

import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.near.NearLease;
import io.revoker.domain.near.NearLeases.Renewal;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.LogListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Holds the lease while the log is read without a gap: tells what has been read, and lets the memory answer for as long
 * as the lease lasts.
 *
 * <p>A lease begins with a renewal under a new name. The memory answers once the end of the log was reached by a read
 * that began after the store had the lease: a revocation that came before did not wait for this instance. The lease
 * lasts for the bound, counted from before a renewal was sent, and no longer than the view is fresh. If it has run out,
 * or the log could not be read, a new one begins.
 *
 * <p>Called by the feed and by the verticle that renews, on two event loops.
 */
public final class NearFollower implements LogListener {
    private static final int RENEWALS = 5;

    /** The others run out by themselves. */
    private static final int MOST_ENDED = 8;

    private final NearCache cache;
    private final LongSupplier nanos;
    private final Duration bound;
    private final long boundNanos;
    private Optional<Runnable> renewal = Optional.empty();
    private Optional<Term> term = Optional.empty();
    private List<String> ended = List.of();
    private Stamp read = Stamp.NONE;
    private long asOf;

    /** A lease from its begin to its end. */
    private static final class Term {
        private final String name = UUID.randomUUID().toString();
        private Stamp told = Stamp.NONE;
        private boolean held;
        private boolean answering;
        private long heldSince;
        private long sentAt;
        private long from;
    }

    /**
     * What to tell the store.
     *
     * @param isFirst whether it begins a lease
     * @param sentAt before it is sent
     */
    record Word(NearLease lease, boolean isFirst, long sentAt) {}

    public NearFollower(NearCache cache, NearSettings settings) {
        this(cache, settings, System::nanoTime);
    }

    NearFollower(NearCache cache, NearSettings settings, LongSupplier nanos) {
        this.cache = cache;
        this.nanos = nanos;
        this.bound = settings.bound();
        this.boundNanos = bound.toNanos();
    }

    /** @param renewal to be called when there is something to tell; it asks {@link #next} what, soon */
    synchronized void begin(Runnable renewal) {
        this.renewal = Optional.of(renewal);
    }

    /** Returns the names of the leases that have ended. */
    synchronized List<String> end() {
        renewal = Optional.empty();
        endTerm();
        return takeEnded();
    }

    /** Returns the names of leases that have ended since the last call; at most a few. */
    synchronized List<String> takeEnded() {
        List<String> taken = ended;
        ended = List.of();
        return taken;
    }

    @Override
    public synchronized void read(List<LogEvent> events, Stamp upTo) {
        for (LogEvent event : events) {
            if (event instanceof LogEvent.Revoked revoked
                    && revoked.revocation().target() instanceof Target.Single one) {
                cache.revoked(one.id().firstBits());
            }
        }
        read = upTo;
        if (term.isPresent()) {
            renewal.ifPresent(Runnable::run);
        }
    }

    @Override
    public synchronized void missed(Stamp upTo) {
        endTerm();
        cache.missed();
        read = upTo;
    }

    @Override
    public synchronized void fellBehind() {
        endTerm();
    }

    private void endTerm() {
        ended = Stream.concat(term.stream().map(one -> one.name), ended.stream())
                .limit(MOST_ENDED)
                .toList();
        term = Optional.empty();
        cache.stop();
    }

    @Override
    public synchronized void reachedTheEnd(Stamp upTo, long askedAt) {
        if (askedAt - asOf > boundNanos) {
            endTerm();
        }
        asOf = askedAt;
        read = upTo;
        if (renewal.isEmpty()) {
            return;
        }
        Term now = term.orElseGet(Term::new);
        term = Optional.of(now);
        if (now.held && askedAt - now.heldSince > 0) {
            now.answering = true;
        }
        extend(now);
        if (!now.held || nanos.getAsLong() - now.sentAt > boundNanos / RENEWALS || read.isAfter(now.told)) {
            renewal.get().run();
        }
    }

    private void extend(Term now) {
        if (now.answering) {
            long from = now.from - asOf < 0 ? now.from : asOf;
            cache.answerUntil(from + boundNanos);
        }
    }

    /** Empty if there is nothing to tell: also if what was read is too old to answer by it. */
    synchronized Optional<Word> next() {
        long now = nanos.getAsLong();
        return term.filter(one -> now - asOf < boundNanos).map(one -> {
            one.sentAt = now;
            return new Word(new NearLease(one.name, read, bound), !one.held, now);
        });
    }

    /** Takes the answer of the store. */
    synchronized void told(Word word, Renewal outcome) {
        Optional<Term> same = term.filter(one -> one.name.equals(word.lease().instance()));
        if (same.isEmpty()) {
            return;
        }
        Term now = same.get();
        boolean ranOut = now.held && (outcome == Renewal.BEGUN || word.sentAt() - now.from > boundNanos);
        if (ranOut) {
            endTerm();
            return;
        }
        if (!now.held) {
            now.held = true;
            now.heldSince = nanos.getAsLong();
            cache.forgetBefore(now.heldSince);
        }
        now.from = word.sentAt();
        now.told = word.lease().read();
        extend(now);
    }

    /** Whether something was read that is not yet in the store. */
    synchronized boolean hasMore() {
        return term.filter(one -> read.isAfter(one.told)).isPresent();
    }
}
