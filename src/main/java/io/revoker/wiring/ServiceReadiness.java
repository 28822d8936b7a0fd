package io.revoker.wiring;

import io.revoker.feed.MarkView;
import io.revoker.http.InFlightLimit;
import io.revoker.http.server.ManagementVerticle.Readiness;
import io.revoker.redis.BackendConnection;
import io.vertx.core.Future;

/**
 * Ready means: not draining, the log is being followed, so that the marks are up to date, and Redis accepts writes and
 * has our layout.
 */
record ServiceReadiness(InFlightLimit inFlight, MarkView marks, BackendConnection redis, Metrics metrics)
        implements Readiness {
    @Override
    public Future<String> missing() {
        return known().onSuccess(metrics::readiness);
    }

    private Future<String> known() {
        if (inFlight.isDraining()) {
            return Future.succeededFuture("the service is shutting down");
        }
        return redis.write()
                .compose(written -> redis.keepLayout())
                .map(kept -> marks.isCurrent() ? "" : "the log of revocations can't be followed")
                .otherwise(failure -> String.valueOf(failure.getMessage()));
    }

    @Override
    public Future<Void> close() {
        return redis.close();
    }
}
