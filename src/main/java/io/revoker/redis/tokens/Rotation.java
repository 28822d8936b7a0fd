package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import java.util.Optional;
import java.util.Set;

/**
 * What is new of a pair.
 *
 * @param whole with the refresh token as it is registered
 * @param isLive whether the refresh token is
 */
record Rotation(Grant whole, boolean isLive) {
    Grant access() {
        return new Grant(whole.holder(), whole.access(), Optional.empty(), whole.facts());
    }

    /** What came of it as a whole, by what came of its access token. */
    Registration done(Registration access) {
        Grant both = new Grant(
                access.grant().holder(),
                access.grant().access(),
                whole.refresh(),
                access.grant().facts());
        boolean dead = access.outcome() == Outcome.INVALIDATED;
        return new Registration(access.outcome(), both, dead ? Set.of("access_token") : Set.of());
    }
}
