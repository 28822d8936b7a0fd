package io.revoker.revocation;

import io.revoker.domain.Target;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Page;
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

    /** The first page of a sweep that is being entered, if it need not wait for that. What was refused at once needs none. */
    Optional<FirstPage> pageAfter(Future<?> entered, Target target) {
        return target instanceof Target.OfUser && !entered.failed()
                ? Optional.of(askFor(entered, target))
                : Optional.empty();
    }

    private FirstPage askFor(Future<?> entered, Target target) {
        long incarnation = urgent.incarnation();
        return new FirstPage(incarnation, urgent.pageAfter(entered, target));
    }

    SweepLimits limits() {
        return inForce.get();
    }

    /**
     * The first page of a sweep, asked for before the sweep is known.
     *
     * @param incarnation of the store when the page was asked for: if that has changed since, the page may lack some
     */
    record FirstPage(long incarnation, Future<Page> page) {}
}
