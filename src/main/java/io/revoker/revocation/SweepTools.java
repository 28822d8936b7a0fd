package io.revoker.revocation;

import io.revoker.domain.TokenStore;
import io.vertx.core.Context;

/** What every sweep of an event loop works with. */
record SweepTools(TokenStore store, SweepLimits limits, Context context, SweepMeters meters) {}
