package io.revoker.wiring;

import io.revoker.feed.MarkView;
import io.revoker.http.Traffic;
import io.revoker.http.server.ManagementVerticle.Readiness;
import io.revoker.redis.RedisBackend;
import io.vertx.core.Future;

/** Ready: not draining, the log is followed, so that the marks are those that stand, and Redis takes writes. */
record ServiceReadiness(Traffic traffic, MarkView marks, RedisBackend.Connection redis, Metrics metrics)
        implements Readiness {
    @Override
    public Future<String> missing() {
        return known().onSuccess(metrics::readiness);
    }

    private Future<String> known() {
        if (traffic.isDraining()) {
            return Future.succeededFuture("the service is shutting down");
        }
        return redis.write()
                .map(written -> marks.isCurrent() ? "" : "the log of revocations can't be followed")
                .otherwise(failure -> String.valueOf(failure.getMessage()));
    }

    @Override
    public Future<Void> close() {
        return redis.close();
    }
}
