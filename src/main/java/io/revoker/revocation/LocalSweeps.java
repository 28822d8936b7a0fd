package io.revoker.revocation;

import io.revoker.domain.Stamp;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sweeps that run on this instance, on any event loop. A caller that stops one learns here when everything that
 * was in flight has been counted.
 */
public final class LocalSweeps {
    private final Map<Stamp, Future<?>> ends = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience how long to wait for a sweep that was stopped */
    public LocalSweeps(Duration patience) {
        this.patience = patience;
    }

    /**
     * Registers a sweep until it ends. Another event loop may run the same sweep, if the lease of the first one has
     * expired: then the newer entry replaces the older.
     *
     * @param end completes when nothing of the sweep is in flight any more, however it ends
     */
    void runs(Stamp sweep, Future<?> end) {
        ends.put(sweep, end);
        end.onComplete(over -> ends.remove(sweep, end));
    }

    /** Completes when the sweep that runs here now has ended; at once if none runs here. */
    Future<?> end(Stamp sweep) {
        return Optional.<Future<?>>ofNullable(ends.get(sweep)).orElseGet(Future::succeededFuture);
    }

    /** Succeeds when the sweep has ended, or the patience has, on the event loop of the caller. */
    Future<Void> awaitEnd(Stamp sweep, Vertx vertx) {
        Promise<Void> over = Promise.promise();
        long patient = vertx.setTimer(patience.toMillis(), late -> over.tryComplete());
        Context context = vertx.getOrCreateContext();
        end(sweep).onComplete(ended -> context.runOnContext(turn -> over.tryComplete()));
        return over.future().onComplete(done -> vertx.cancelTimer(patient));
    }
}
