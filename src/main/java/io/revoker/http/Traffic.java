package io.revoker.http;

import io.revoker.domain.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
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
        greet(request.response());
        if (!enter()) {
            request.fail(
                    503, Problem.overloaded("requests: more than " + maxInFlight + " in flight (expected: a retry)"));
            return;
        }
        request.addEndHandler(end -> leave());
        request.next();
    }

    /** Asks the client to leave, if it should. */
    void greet(HttpServerResponse response) {
        if (draining) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Whether one request more may be answered now; it must {@link #leave} then. */
    boolean enter() {
        boolean entered = inFlight.incrementAndGet() <= maxInFlight;
        if (!entered) {
            inFlight.decrementAndGet();
        }
        return entered;
    }

    void leave() {
        inFlight.decrementAndGet();
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
