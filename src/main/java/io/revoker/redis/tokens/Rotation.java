package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import java.util.Optional;
import java.util.Set;

/**
 * What is new of a pair.
 *
 * @param whole with the token that stays as it is registered
 * @param stays which of them that is
 * @param isLive whether it is live
 */
record Rotation(Grant whole, TokenKind stays, boolean isLive) {
    /** The new token alone. */
    Grant fresh() {
        boolean access = freshKind() == TokenKind.ACCESS;
        return new Grant(
                whole.holder(),
                access ? whole.access() : Optional.empty(),
                access ? Optional.empty() : whole.refresh(),
                whole.facts());
    }

    TokenKind freshKind() {
        return stays.other();
    }

    Registration dead() {
        return new Registration(Outcome.INVALIDATED, whole, Set.of(stays.field()));
    }

    /** What came of it as a whole, by what came of its new token. */
    Registration done(Registration fresh) {
        Grant it = fresh.grant();
        Grant both = stays == TokenKind.REFRESH
                ? new Grant(it.holder(), it.access(), whole.refresh(), it.facts())
                : new Grant(it.holder(), whole.access(), it.refresh(), it.facts());
        boolean dead = fresh.outcome() == Outcome.INVALIDATED;
        return new Registration(fresh.outcome(), both, dead ? Set.of(freshKind().field()) : Set.of());
    }
}
