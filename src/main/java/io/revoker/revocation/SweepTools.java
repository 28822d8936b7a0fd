package io.revoker.revocation;

import io.revoker.domain.Target;
import io.revoker.domain.TokenStore;
import io.vertx.core.Context;
import java.time.InstantSource;
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

    SweepLimits limits() {
        return inForce.get();
    }
}
