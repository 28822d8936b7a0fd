package io.revoker.revocation;

import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;

/** Starts sweeps on one event loop. */
final class Sweeps {
    private final TokenStore store;
    private final SweepLimits limits;
    private final Context context;

    Sweeps(TokenStore store, SweepLimits limits, Context context) {
        this.store = store;
        this.limits = limits;
        this.context = context;
    }

    /** Invalidates every token that the target covers and that was born before the stamp. */
    Future<Report> sweep(Target target, Stamp stamp) {
        return new Sweep(store, limits, context, target, stamp).run();
    }
}
