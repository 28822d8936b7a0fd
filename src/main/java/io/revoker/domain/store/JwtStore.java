package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.TokenId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;

/**
 * What covers JWTs that need not be registered: tombstones of single ones, and the marks as they are in the store.
 * Every method is idempotent, and fails with a {@link Problem}.
 */
public interface JwtStore {

    /** Whether the realm has a tombstone for one of the ids. */
    Future<Boolean> isRevoked(RealmId realm, Collection<TokenId> ids);

    /**
     * Writes a tombstone, unless there is one.
     *
     * @param realm of the JWT: tokens of other realms are not affected
     * @param until when nothing of the tombstone is left
     * @return {@link Tally#ONE_INVALIDATED}, {@link Tally#ONE_PREVIOUSLY} if there was one, or {@link Tally#NONE} if
     *     its time is over
     */
    Future<Tally> revoke(RealmId realm, TokenId id, Instant until);

    /** The part of the store that a tombstone is in, see {@link TokenStore#part}. */
    String part(RealmId realm, TokenId id);

    /** Whether a lock covers a token now. */
    default Future<Boolean> isLocked(Traits token) {
        return Future.succeededFuture(false);
    }

    /** The stamp of the newest mark of all; calls of one turn of the event loop share one read. */
    Future<Stamp> newestMark();

    /** The marks that cover a token. */
    Future<Cover> coverOf(Traits token);
}
