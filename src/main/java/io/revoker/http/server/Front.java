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
 * Stands before the routes of a listener: dates every answer (RFC 9110, section 6.6.1), bounds what is read after it, and answers the requests that a router
 * throws at.
 *
 * @param unreadable what answers a request that can't be read
 * @param routes what answers all others
 */
record Front(Vertx vertx, UnreadableRequest unreadable, Handler<HttpServerRequest> routes)
        implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private static volatile Dated now = Dated.at(0);

    /** The text of a second, made once for all that is answered in it. */
    private record Dated(long second, CharSequence text) {
        static Dated at(long second) {
            String text = FORMAT.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
            return new Dated(second, HttpHeaders.createOptimized(text));
        }
    }

    /** A router throws what it finds before the first route: a Host header, for one, whose percent sign is its last character. */
    @Override
    public void handle(HttpServerRequest request) {
        date(request);
        RestOfBody.bound(vertx, request);
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

    /** With the end of the response whoever counts the request learns that it has gone. */
    private static void fail(HttpServerRequest request, Throwable failure) {
        LOG.error("request failed", failure);
        HttpServerResponse response = request.response();
        (response.headWritten() ? response.reset() : response.setStatusCode(500).end()).onFailure(gone -> {});
    }

    /** What the HTTP decoder could not read: 414, 431 or 400, and the connection ends. */
    void refuse(HttpServerRequest request) {
        if (!request.response().ended()) {
            date(request);
            unreadable.answer(request);
        }
    }

    private static void date(HttpServerRequest request) {
        if (!request.response().headWritten()) {
            request.response().putHeader(HttpHeaders.DATE, text());
        }
    }

    private static CharSequence text() {
        long second = Math.floorDiv(System.currentTimeMillis(), 1000L);
        Dated known = now;
        if (known.second() != second) {
            known = Dated.at(second);
            now = known;
        }
        return known.text();
    }
}
