package io.revoker.feed;

import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that was revoked by itself, or with the other one of its pair.
 *
 * @param realm whose JWT it is; empty if it was named as a registered token, whose id no two realms have
 * @param stamp of its newest revocation
 * @param ofGrant stamp of the newest revocation of the pair; {@link Stamp#NONE} if there was none
 * @param until when its tombstone expires, if it is a JWT that need not have been registered; else the epoch
 * @param expiry of the token as it was registered then; empty if it was not, or that is not known
 */
record RevokedToken(
        Optional<RealmId> realm, TokenId id, Stamp stamp, Stamp ofGrant, Instant until, Optional<Instant> expiry) {
    static RevokedToken by(Target.Single one, Stamp stamp, Optional<Registered> registered) {
        return new RevokedToken(
                one instanceof Target.OneJwt jwt ? Optional.of(jwt.realm()) : Optional.empty(),
                one.id(),
                stamp,
                one.extent() == Extent.GRANT ? stamp : Stamp.NONE,
                one instanceof Target.OneJwt jwt ? jwt.expiresAt() : Instant.EPOCH,
                registered.map(Registered::expiresAt));
    }

    /**
     * Whether that token may have been invalidated then: not a JWT of its realm that was registered later, nor another
     * token.
     */
    boolean mayHaveEnded(Token token) {
        return realm.map(own -> expiry.isPresent() && own.equals(token.holder().realm()))
                        .orElse(true)
                && !isAnother(token);
    }

    /** Whether that is another one with the same text, which was registered when this one had expired. */
    boolean isAnother(Token token) {
        return expiry.filter(own -> !own.equals(token.expiresAt())).isPresent();
    }

    /** The same token, after both revocations. */
    RevokedToken and(RevokedToken other) {
        return new RevokedToken(
                realm,
                id,
                stamp.newer(other.stamp),
                ofGrant.newer(other.ofGrant),
                later(other.until),
                other.stamp.isAfter(stamp) ? other.expiry.or(() -> expiry) : expiry.or(other::expiry));
    }

    private Instant later(Instant other) {
        return other.isAfter(until) ? other : until;
    }

    /**
     * What was revoked of a grant that was born then. Empty if it is a newer one: a token that was born after the
     * revocation is another token with the same text.
     */
    Optional<Extent> extentFor(Stamp birth) {
        if (ofGrant.isAfter(birth)) {
            return Optional.of(Extent.GRANT);
        }
        return stamp.isAfter(birth) ? Optional.of(Extent.TOKEN) : Optional.empty();
    }
}
