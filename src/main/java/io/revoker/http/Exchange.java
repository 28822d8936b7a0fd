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
    private final Traffic traffic;
    private final IntConsumer onEnd;
    private boolean entered;
    private boolean ended;

    public Exchange(HttpServerRequest request, DirectRoute route, Traffic traffic, IntConsumer onEnd) {
        this.request = request;
        this.route = route;
        this.traffic = traffic;
        this.onEnd = onEnd;
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    /** Takes a place among the requests in flight, until the end; false if there is none. To be asked once, when the caller is known. */
    public boolean enter() {
        entered = traffic.enter();
        return entered;
    }

    /** Does a part of the answer; if that goes wrong, the route refuses. */
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

    /** Ends the response, without a body. A caller that has gone meanwhile is no fault of ours. */
    public void end(int status) {
        ended = true;
        if (entered) {
            traffic.leave();
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
