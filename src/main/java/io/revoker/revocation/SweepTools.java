package io.revoker.revocation;

import io.revoker.domain.TokenStore;
import io.vertx.core.Context;
import java.util.function.Supplier;

/**
 * What every sweep of an event loop works with.
 *
 * @param inForce the limits, which may change while sweeps run
 */
record SweepTools(TokenStore store, Supplier<SweepLimits> inForce, Context context, SweepMeters meters) {
    SweepLimits limits() {
        return inForce.get();
    }
}
