package io.revoker;

import io.revoker.feed.MarkView;
import io.revoker.http.ManagementVerticle.Readiness;
import io.revoker.http.Traffic;
import io.revoker.redis.RedisBackend;
import io.vertx.core.Future;

/** Ready: not draining, the marks are loaded, and Redis takes writes. */
record ServiceReadiness(Traffic traffic, MarkView marks, RedisBackend.Connection redis) implements Readiness {
    @Override
    public Future<String> missing() {
        if (traffic.isDraining()) {
            return Future.succeededFuture("the service is shutting down");
        }
        if (!marks.isLoaded()) {
            return Future.succeededFuture("the marks are not loaded yet");
        }
        return redis.write().map("").otherwise(failure -> String.valueOf(failure.getMessage()));
    }

    @Override
    public Future<Void> close() {
        return redis.close();
    }
}
