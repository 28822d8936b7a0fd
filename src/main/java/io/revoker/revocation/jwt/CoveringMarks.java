package io.revoker.revocation.jwt;

import io.revoker.domain.TokenKind;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.JwtStore;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.Traits;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * The marks that cover a JWT, as new as the acknowledgements of all nodes. No sweep reaches a JWT that is not
 * registered, so a view of the marks that lags behind the log would bring it to life: if the store has a mark that the
 * view may lack, those that may cover it are read.
 */
public record CoveringMarks(JwtStore store, Marks marks) {

    Future<Cover> of(VerifiedJwt jwt) {
        return of(traits(jwt));
    }

    /** Those that cover any token. */
    public Future<Cover> of(Traits token) {
        return store.newestMark()
                .compose(last -> marks.hasAllUpTo(last)
                        ? Future.succeededFuture(marks.coverOf(token))
                        : store.coverOf(token).map(stored -> stored.and(marks.coverOf(token))));
    }

    private static Traits traits(VerifiedJwt jwt) {
        return new Traits(jwt.holder(), jwt.facts(), Set.of(TokenKind.ACCESS));
    }

    /**
     * Whether a lock covers it now: as new as the acknowledgements of all nodes, too. The view is asked last, because a
     * lock that it gets while the store is asked counts.
     */
    Future<Boolean> isLocked(VerifiedJwt jwt, InstantSource time) {
        Traits token = traits(jwt);
        return store.newestMark().compose(last -> {
            boolean hasAll = marks.hasAllUpTo(last);
            boolean here = isLockedHere(token, time.instant());
            return here || hasAll ? Future.succeededFuture(here) : store.isLocked(token);
        });
    }

    private boolean isLockedHere(Traits token, Instant now) {
        return marks.lockedUntil(token).filter(until -> until.isAfter(now)).isPresent();
    }
}
