package io.revoker.http.revocations;

import io.revoker.bus.RevokerBus;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Reserved;
import io.revoker.domain.store.AnswerStore.Settle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that is reserved as long as its request is under way, by a short lease that is renewed: if this instance dies,
 * another one can do the request soon. Should this one only have stood still, it raises no mark after the end of the
 * lease ({@link io.revoker.bus.Revoke#notAfter}), unless the log is moving to another node of a Cluster just then. A
 * single token has no mark: revoked by both, it is entered into the log twice, and as dead as before. Used by one event
 * loop only.
 */
final class Lease {
    private static final int RENEWALS = 4;

    private final RevokerBus bus;
    private final Vertx vertx;
    private final Reserve key;
    private final long timer;
    private Optional<Instant> end;
    private Future<?> renewing = Future.succeededFuture();

    /** @param reserved by this instance, with an owner */
    Lease(RevokerBus bus, Vertx vertx, Reserve key, Reserved reserved) {
        this.bus = bus;
        this.vertx = vertx;
        this.key = key;
        this.end = reserved.notAfter();
        this.timer = vertx.setPeriodic(key.lease().dividedBy(RENEWALS).toMillis(), tick -> renew());
    }

    /** What the key was reserved for must not take effect after this time, by the clock of the store. */
    Optional<Instant> end() {
        return end;
    }

    /** Whether that has worked is seen by the end. */
    private void renew() {
        if (renewing.isComplete()) {
            renewing = bus.reserveAnswer(key)
                    .onSuccess(reserved -> end = reserved.notAfter().or(() -> end))
                    .otherwiseEmpty();
        }
    }

    /** Keeps the answer; without one, frees the key. It is not renewed any more, whether that succeeds or not. */
    Future<Reserved> settle(Optional<String> answer) {
        vertx.cancelTimer(timer);
        return renewing.transform(over -> bus.settleAnswer(new Settle(key, answer)));
    }
}
