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
 * @param inForce the current limits, which may change while sweeps run
 */
record SweepContext(
        TokenStore store,
        TokenStore urgent,
        Supplier<SweepSettings> inForce,
        Context context,
        SweepMeters meters,
        InstantSource time) {
    /**
     * Revocations of a user have their own connection, so that they never wait for the sweep of a realm or for a
     * registration.
     */
    TokenStore storeFor(Target target) {
        return target.match(one -> urgent, realm -> store, user -> urgent, user -> urgent, all -> store);
    }

    /**
     * For the sweep of a user, the first page, requested right after its log entry without waiting for the reply.
     * Empty for other targets, and if the entry was refused at once.
     */
    Optional<FirstPage> pageAfter(Future<?> entered, Target target) {
        return target instanceof Target.OfUser && !entered.failed()
                ? Optional.of(askFor(entered, target))
                : Optional.empty();
    }

    private FirstPage askFor(Future<?> entered, Target target) {
        long incarnation = urgent.incarnation();
        return new FirstPage(incarnation, urgent.pageAfter(entered, target));
    }

    SweepSettings limits() {
        return inForce.get();
    }

    /**
     * The first page of a sweep, requested before the sweep is known.
     *
     * @param incarnation of the store when the page was requested: if it has changed since, the page may lack holders
     */
    record FirstPage(long incarnation, Future<Page> page) {}
}
