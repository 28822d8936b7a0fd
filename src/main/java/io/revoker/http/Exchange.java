package io.revoker.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request to a {@link DirectRoute}, until its response is ended. */
public final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServerRequest request;
    private final DirectRoute route;
    private final InFlightLimit inFlight;
    private final IntConsumer onEnd;
    private boolean entered;
    private boolean ended;

    public Exchange(HttpServerRequest request, DirectRoute route, InFlightLimit inFlight, IntConsumer onEnd) {
        this.request = request;
        this.route = route;
        this.inFlight = inFlight;
        this.onEnd = onEnd;
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    /**
     * Takes a place among the requests in flight, until the end; false if there is none. Call it once, when the caller
     * is known.
     */
    public boolean enter() {
        entered = inFlight.enter();
        return entered;
    }

    /** Runs a part of the answer; if that throws, the route refuses. */
    public void attempt(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            LOG.error("request failed", e);
            if (!ended) {
                route.refuse(this);
            }
        }
    }

    /** Ends the response, without a body. A client that has disconnected in the meantime is not a bug in Revoker. */
    public void end(int status) {
        ended = true;
        if (entered) {
            inFlight.leave();
        }
        onEnd.accept(status);
        response()
                .setStatusCode(status)
                .end()
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", failure.getMessage())
                        .log("answer lost"));
    }
}
