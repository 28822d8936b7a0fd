package io.revoker.client.view;

import io.revoker.client.feed.SeenRealms;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongConsumer;

/**
 * What a token is looked up by in a {@link RevocationView}: all hashes that it may have been revoked by, computed once.
 * Immutable; it contains neither the token nor a name. Keep it with what you keep of a token.
 */
public final class TokenKey {
    private static final long SECOND = 1_000_000;

    // What nearly every look-up needs is here, and not in an array: a look-up waits for memory, and for nothing else.
    private final long token;
    private final long realm;
    private final long user;
    private final long holder;
    /** Further hashes of tokens, then those of marks of selections. */
    private final long[] others;

    private final int tokensEnd;
    private final boolean isComplete;
    private final boolean isRefreshToken;
    private final long issuedAt;
    private final long skew;

    TokenKey(TokenKeyBuilder facts) {
        TokenHashes all = facts.hashes();
        this.token = all.token();
        this.realm = all.realm();
        this.user = all.user();
        this.holder = all.holder();
        this.others = all.others();
        this.tokensEnd = all.otherTokens();
        this.isComplete = all.isComplete() && facts.issuedAt().isPresent();
        this.isRefreshToken = facts.isRefreshToken();
        this.issuedAt = micros(facts.issuedAt().orElse(Instant.EPOCH));
        this.skew = facts.clockSkew().toNanos() / 1000;
    }

    /**
     * Of a token, opaque or a JWT. A key that is built without realm, user and time of issue finds the token itself
     * only, and otherwise is {@link RevocationState#UNKNOWN}.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static TokenKeyBuilder of(String token) {
        return new TokenKeyBuilder(token);
    }

    /**
     * The hashes in the {@linkplain ViewListener#changed changes} that concern the token: its own, those of its realm,
     * its user and both, and those of selections, as far as the key says them.
     */
    public void forEachHash(LongConsumer visitor) {
        visitor.accept(token);
        for (long other : others) {
            visitor.accept(other);
        }
        for (long mark : new long[] {realm, user, holder}) {
            if (mark != Hashes.ALL) {
                visitor.accept(mark);
            }
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    boolean isRefreshToken() {
        return isRefreshToken;
    }

    /** Whether it is known when and to whom the token was issued. */
    boolean isComplete() {
        return isComplete;
    }

    /** Whether the token itself was revoked. */
    boolean isIn(LongTable revoked) {
        boolean found = revoked.contains(token);
        for (int i = 0; i < tokensEnd && !found; i++) {
            found = revoked.contains(others[i]);
        }
        return found;
    }

    /** The greatest number that one of the marks has which mean all tokens of the realm, of the user, or of both. */
    long newestWhole(LongTable table) {
        return Math.max(
                Math.max(table.get(Hashes.ALL), table.get(realm)), Math.max(table.get(user), table.get(holder)));
    }

    /** The same of the marks of selections. */
    long newestSelected(LongTable table) {
        long newest = 0;
        for (int i = tokensEnd; i < others.length; i++) {
            newest = Math.max(newest, table.get(others[i]));
        }
        return newest;
    }

    /** The greatest instant before which tokens must not have been issued. */
    long newestBefore(LongTable table) {
        long newest = Math.max(
                Math.max(before(table, Hashes.ALL), before(table, realm)),
                Math.max(before(table, user), before(table, holder)));
        for (int i = tokensEnd; i < others.length; i++) {
            newest = Math.max(newest, table.get(Hashes.selectedIssuedBefore(others[i])));
        }
        return newest;
    }

    private static long before(LongTable table, long mark) {
        return table.get(Hashes.issuedBefore(mark));
    }

    /** Whether it is known when and to whom the token was issued, and that was not before {@code since}. */
    boolean isJudgedSince(long since) {
        return isComplete && issuedAt - skew >= since;
    }

    /** Whether its realm is one of them. */
    boolean isOf(SeenRealms realms) {
        return realms.has(this.realm);
    }

    /**
     * Whether a mark kills it for sure. In the second of the mark it may have been issued afterwards: most issuers
     * write whole seconds. And with a clock that is behind it may have been registered afterwards.
     */
    boolean isBefore(long mark) {
        return isComplete && (issuedAt + skew) / SECOND < mark / SECOND;
    }

    /** Whether it was issued before an instant, whatever fraction of the second is left out. */
    boolean isIssuedBefore(long instant) {
        return isComplete && issuedAt / SECOND < instant / SECOND;
    }

    /** Whether it was, if the time of issue is cut to whole seconds, as the service does with those of JWTs. */
    boolean mayBeIssuedBefore(long instant) {
        return issuedAt / SECOND * SECOND < instant;
    }

    /** Whether a mark may kill it, the clock of the issuer considered. */
    boolean mayPrecede(long mark) {
        return issuedAt - skew <= mark;
    }
}
