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
    private final IntConsumer onEnd;
    private boolean ended;

    public Exchange(HttpServerRequest request, DirectRoute route, IntConsumer onEnd) {
        this.request = request;
        this.route = route;
        this.onEnd = onEnd;
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
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
        onEnd.accept(status);
        response()
                .setStatusCode(status)
                .end()
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", failure.getMessage())
                        .log("answer lost"));
    }
}
