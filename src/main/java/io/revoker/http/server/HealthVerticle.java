package io.revoker.http.server;

import io.revoker.http.server.ManagementVerticle.Readiness;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;

/** Keeps the status of health checks by gRPC: asks once a second what the service lacks, however many check. */
public final class HealthVerticle extends VerticleBase {
    private static final long PERIOD_MILLIS = 1000;

    private final Supplier<Future<Readiness>> open;
    private final ServingStatus status;
    private Supplier<Future<Void>> close = Future::succeededFuture;

    /** @param open called on the event loop of this verticle */
    public HealthVerticle(Supplier<Future<Readiness>> open, ServingStatus status) {
        this.open = open;
        this.status = status;
    }

    @Override
    public Future<?> start() {
        return open.get().compose(readiness -> {
            close = readiness::close;
            return ask(readiness);
        });
    }

    @Override
    public Future<?> stop() {
        return close.get();
    }

    private Future<Void> ask(Readiness readiness) {
        return readiness.missing().otherwise("readiness: unknown").map(missing -> {
            status.ready(missing.isEmpty());
            vertx.setTimer(PERIOD_MILLIS, again -> ask(readiness).onFailure(impossible -> status.ready(false)));
            return null;
        });
    }
}
