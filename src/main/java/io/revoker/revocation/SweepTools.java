package io.revoker.revocation;

import io.revoker.domain.Target;
import io.revoker.domain.TokenStore;
import io.revoker.domain.TokenStore.Page;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every sweep of an event loop works with.
 *
 * @param inForce the limits, which may change while sweeps run
 */
record SweepTools(
        TokenStore store,
        TokenStore urgent,
        Supplier<SweepLimits> inForce,
        Context context,
        SweepMeters meters,
        InstantSource time) {
    /** What is revoked of a user waits behind no realm, and behind no registration. */
    TokenStore storeFor(Target target) {
        return target.match(one -> urgent, realm -> store, user -> urgent, user -> urgent);
    }

    /** The first page of a sweep that is being entered, if it need not wait for that. */
    Optional<Future<Page>> pageAfter(Future<?> entered, Target target) {
        return target instanceof Target.OfUser ? Optional.of(urgent.pageAfter(entered, target)) : Optional.empty();
    }

    SweepLimits limits() {
        return inForce.get();
    }
}
