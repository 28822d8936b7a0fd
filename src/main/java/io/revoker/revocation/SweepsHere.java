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

/** Which sweeps run on this instance, on whatever event loop: whoever stops one learns when all that was under way has been counted. */
public final class SweepsHere {
    private final Map<Stamp, Future<?>> ends = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience for how long one that was stopped is waited for */
    public SweepsHere(Duration patience) {
        this.patience = patience;
    }

    /**
     * It runs until then. Another event loop may run the same, if its lease was over: the younger one is in the place of the other then.
     *
     * @param end completes when all that was under way has been counted, however the sweep ends
     */
    void runs(Stamp sweep, Future<?> end) {
        ends.put(sweep, end);
        end.onComplete(over -> ends.remove(sweep, end));
    }

    boolean has(Stamp sweep) {
        return ends.containsKey(sweep);
    }

    /** Completes on the event loop that calls, when the sweep is over or the patience is. */
    Future<Void> over(Stamp sweep, Vertx vertx) {
        Promise<Void> over = Promise.promise();
        long patient = vertx.setTimer(patience.toMillis(), late -> over.tryComplete());
        Context context = vertx.getOrCreateContext();
        Optional.<Future<?>>ofNullable(ends.get(sweep))
                .orElseGet(Future::succeededFuture)
                .onComplete(ended -> context.runOnContext(turn -> over.tryComplete()));
        return over.future().onComplete(done -> vertx.cancelTimer(patient));
    }
}
