package io.revoker.revocation.near;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.near.NearLeases.Held;
import io.revoker.domain.near.NearLeases.Known;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A revocation that waits. */
final class NearWaiter {
    private static final Logger LOG = LoggerFactory.getLogger(NearWaiter.class);

    /** An instance that renews its lease but reads nothing stops renewing it within its bound. */
    private static final int BOUNDS = 3;

    private final Stamp stamp;
    private final long begun;
    private final Promise<Void> end = Promise.promise();

    NearWaiter(Stamp stamp, long begun) {
        this.stamp = stamp;
        this.begun = begun;
    }

    Future<Void> end() {
        return end.future();
    }

    /** Returns whether it has ended. */
    boolean look(Held held, Unchanged unchanged) {
        List<Known> lasting = held.leases().stream()
                .filter(one -> !held.hasRunOut(one) && !unchanged.hasRunOut(one))
                .toList();
        List<Known> open =
                lasting.stream().filter(one -> !one.lease().hasRead(stamp)).toList();
        if (open.isEmpty()) {
            logLong();
            end.tryComplete();
        } else if (open.stream()
                .allMatch(one -> waited().compareTo(one.lease().bound().multipliedBy(BOUNDS)) > 0)) {
            end.tryFail(Problem.unavailable("near cache: " + open.size()
                    + " instances renew their leases, but have not read the revocation (expected: 0)"));
        }
        return end.future().isComplete();
    }

    void fail(Throwable failure) {
        end.tryFail(failure);
    }

    private Duration waited() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void logLong() {
        Duration waited = waited();
        if (waited.compareTo(Duration.ofSeconds(1)) > 0) {
            LOG.atWarn()
                    .addKeyValue("waited_ms", waited.toMillis())
                    .log("revocation waited for instances with a near cache");
        }
    }
}
