package io.revoker.near;

import io.revoker.bus.Check;
import io.revoker.bus.NearAnswers;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.store.Marks;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Remembers which tokens the store has called live.
 *
 * <p>Nothing is removed when a token is revoked. Instead an entry counts only if the store was asked after everything
 * that could have changed the answer: so it does not matter whether an answer of the store arrives before or after what
 * makes it invalid. Those are the last revocation of the token or of its pair (see {@link NearSettings#settling}), the
 * begin of the lease, and the last time that entries of the log were missed. Marks are looked up at each answer, as for
 * answers of the store.
 */
public final class NearCache implements NearAnswers {
    private static final long LONG_AGO = TimeUnit.DAYS.toNanos(1);

    private final NearTable table;
    private final RevokedAt revoked;
    private final Marks marks;
    private final InstantSource time;
    private final LongSupplier nanos;
    private final NearMeters meters;
    private final long settling;
    private final long oldest;
    /** Until when the lease lasts. */
    private volatile long until;
    /** What was asked before does not count. */
    private volatile long since;

    /** @param time that decides whether a token has expired */
    public NearCache(NearSettings settings, Marks marks, InstantSource time, NearMeters meters) {
        this(settings, marks, time, meters, System::nanoTime);
    }

    NearCache(NearSettings settings, Marks marks, InstantSource time, NearMeters meters, LongSupplier nanos) {
        this.marks = marks;
        this.time = time;
        this.nanos = nanos;
        this.meters = meters;
        this.settling = settings.settling().toNanos();
        this.oldest = settings.oldest().toNanos();
        this.until = now() - 1;
        this.since = now();
        this.table = new NearTable(settings.size());
        this.revoked = new RevokedAt(settings.size(), now() - settling - LONG_AGO);
        meters.observe(table::count, this::answers);
    }

    @Override
    public long now() {
        return nanos.getAsLong();
    }

    @Override
    public Optional<Verdict> find(Check check) {
        long now = now();
        if (now - until >= 0 || !(check.finding() instanceof Finding.Foreign)) {
            return Optional.empty();
        }
        NearEntry entry = table.get(check.id());
        if (entry == null || !counts(entry, now) || !isActive(entry, check)) {
            return Optional.empty();
        }
        meters.answered();
        return entry.answer();
    }

    private boolean counts(NearEntry entry, long now) {
        long askedAt = entry.askedAt();
        return now - askedAt < oldest
                && askedAt - since > 0
                && (askedAt - revoked.newest() > settling || isAfterItsRevocation(entry));
    }

    private boolean isAfterItsRevocation(NearEntry entry) {
        return entry.askedAt() - revoked.get(entry.first()) > settling
                && entry.token()
                        .partner()
                        .map(partner -> entry.askedAt() - revoked.get(partner) > settling)
                        .orElse(true);
    }

    /** What is anything else is left to the store to say. */
    private boolean isActive(NearEntry entry, Check check) {
        Token token = entry.token();
        return check.scope().covers(token.holder().realm())
                && token.signature().admits(check.signature())
                && check.kinds().include(token.kind())
                && !token.isExpiredAt(time.instant())
                && !marks.isDead(token, entry.traits());
    }

    @Override
    public void learn(Check check, Verdict verdict, long askedAt) {
        if (verdict.status() == Verdict.Status.ACTIVE && check.finding() instanceof Finding.Foreign) {
            verdict.token().ifPresent(token -> table.put(NearEntry.of(token, verdict, askedAt)));
        }
    }

    /** Whether it answers now. */
    boolean answers() {
        return now() - until < 0;
    }

    void answerUntil(long end) {
        until = end;
    }

    void stop() {
        until = now() - 1;
    }

    /** @param bits the first ones of the id of a token that was revoked, by itself or with its pair */
    void revoked(long bits) {
        revoked.set(bits, now());
    }

    /** Revocations of single tokens may have begun before this moment that are not known here. */
    void missed() {
        forgetBefore(now() + settling);
    }

    /** What was asked before this moment does not count any more. */
    void forgetBefore(long moment) {
        if (moment - since > 0) {
            since = moment;
        }
    }
}
