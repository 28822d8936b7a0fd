package io.revoker.http.server;

import io.revoker.http.HostRule;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of the routes of a listener: dates every answer (RFC 9110, section 6.6.1), bounds what is read after
 * it, and answers the requests for which the router throws. Used by one event loop.
 */
final class RequestGuard implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final Vertx vertx;
    private final UnreadableRequest unreadable;
    private final Handler<HttpServerRequest> routes;

    /** The second of the last answer, and its date. */
    private long second = -1;

    private CharSequence date = "";

    /**
     * Creates one for a listener.
     *
     * @param unreadable answers a request that can't be parsed
     * @param routes answer all others
     */
    RequestGuard(Vertx vertx, UnreadableRequest unreadable, Handler<HttpServerRequest> routes) {
        this.vertx = vertx;
        this.unreadable = unreadable;
        this.routes = routes;
    }

    /**
     * The router throws if it fails before the first route, for example if the Host header ends with a percent sign.
     */
    @Override
    public void handle(HttpServerRequest request) {
        date(request);
        BodyDrain.bound(vertx, request);
        try {
            routes.handle(request);
        } catch (RuntimeException | Error failure) {
            if (HostRule.isReadable(request)) {
                fail(request, failure);
            } else {
                refuse(request);
            }
        }
    }

    /** Ends the response, so that everything that counts the request sees its end. */
    private static void fail(HttpServerRequest request, Throwable failure) {
        LOG.error("request failed", failure);
        HttpServerResponse response = request.response();
        (response.headWritten() ? response.reset() : response.setStatusCode(500).end()).onFailure(gone -> {});
    }

    /** Answers a request that the HTTP decoder could not parse with 414, 431 or 400, and closes the connection. */
    void refuse(HttpServerRequest request) {
        if (!request.response().ended()) {
            date(request);
            unreadable.answer(request);
        }
    }

    private void date(HttpServerRequest request) {
        if (!request.response().headWritten()) {
            request.response().putHeader(HttpHeaders.DATE, now());
        }
    }

    /** Formatted once a second. */
    private CharSequence now() {
        long now = Math.floorDiv(System.currentTimeMillis(), 1000L);
        if (now != second) {
            second = now;
            date = HttpHeaders.createOptimized(
                    FORMAT.format(Instant.ofEpochSecond(now).atOffset(ZoneOffset.UTC)));
        }
        return date;
    }
}
