package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Runs the sweeps of one event loop, a bounded number at once. */
final class Sweeps {
    private final TokenStore store;
    private final SweepLimits limits;
    private final Context context;
    private int running;

    Sweeps(TokenStore store, SweepLimits limits, Context context) {
        this.store = store;
        this.limits = limits;
        this.context = context;
    }

    /**
     * Invalidates every token that the target covers and that was born before the stamp.
     *
     * @param mark writes the revocation down and gives its stamp; not called if too many sweeps are running
     */
    Future<Report> sweep(Target target, Supplier<Future<Stamp>> mark) {
        if (running >= limits.running()) {
            return Future.failedFuture(Problem.overloaded(
                    "sweeps: " + running + " running (expected: fewer than " + limits.running() + ")"));
        }
        running++;
        return mark.get()
                .compose(stamp -> new Sweep(store, limits, context, target, stamp).run())
                .onComplete(ended -> running--);
    }
}
