package io.revoker.http;

import io.revoker.domain.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests that are being answered, over all instances: refuses more than the bound with 503, and asks clients to leave while the service
 * drains.
 */
public final class Traffic implements Handler<RoutingContext> {
    private final int maxInFlight;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean draining;

    public Traffic(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    @Override
    public void handle(RoutingContext request) {
        if (draining) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (inFlight.incrementAndGet() > maxInFlight) {
            inFlight.decrementAndGet();
            request.fail(
                    503, Problem.overloaded("requests: more than " + maxInFlight + " in flight (expected: a retry)"));
            return;
        }
        request.addEndHandler(end -> inFlight.decrementAndGet());
        request.next();
    }

    /** Requests that are being answered now. */
    public int inFlight() {
        return inFlight.get();
    }

    public void drain() {
        draining = true;
    }

    public boolean isDraining() {
        return draining;
    }
}
