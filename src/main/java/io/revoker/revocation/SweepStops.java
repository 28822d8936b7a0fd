package io.revoker.revocation;

import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * Tells whoever runs a sweep that it has been stopped.
 *
 * @param tell reaches every event loop of this instance
 */
record SweepStops(SweepsHere here, Consumer<Stamp> tell, Vertx vertx) {

    /** Whether all that was under way has been counted; what runs on another instance may not have been. */
    Future<Boolean> stop(Stamp sweep) {
        boolean runsHere = here.has(sweep);
        Future<Void> over = here.over(sweep, vertx);
        tell.accept(sweep);
        return over.map(done -> runsHere && !here.has(sweep));
    }
}
