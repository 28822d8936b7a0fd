package io.revoker.http.request;

import io.revoker.config.HttpConfig;
import io.revoker.config.values.DataSize;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;

/**
 * Reads bodies of any type up to a limit, and inflates compressed ones up to the same limit. The body handler of
 * Vert.x parses forms while it reads; a body that is wrongly declared as a form would be lost or refused before its
 * type is looked at.
 */
public final class BodyReader {
    private static final int UNREADABLE = 400;
    private static final int TOO_LARGE = 413;

    private final long limit;
    private final String tooLarge;

    /**
     * Creates a reader for any number of requests.
     *
     * @param setting that has the limit, as answers name it
     */
    public BodyReader(DataSize limit, String setting) {
        this.limit = limit.bytes();
        this.tooLarge = "body: longer than " + limit + " (" + setting + ")";
    }

    /** The reader of most routes. */
    public static BodyReader usual(HttpConfig http) {
        return new BodyReader(http.maxBodySize(), "http.max-body-size");
    }

    /**
     * The whole body, inflated if it is compressed with gzip; empty if there is none. Call it before any asynchronous
     * step, or while the body is {@linkplain #hold held back}, which this ends; and only when the caller is known.
     *
     * @return fails with an {@link HttpException}: 413 over the limit, 400 if the body breaks off or can't be inflated
     */
    public Future<Buffer> read(HttpServerRequest request) {
        Future<Buffer> sent = readAsSent(request);
        return ContentCoding.isGzip(request) ? sent.map(this::inflate) : sent;
    }

    private Buffer inflate(Buffer sent) {
        return sent.length() == 0 ? sent : Gunzip.inflate(sent.getBytes(), (int) limit, tooLarge);
    }

    private Future<Buffer> readAsSent(HttpServerRequest request) {
        if (declaredLength(request) > limit) {
            return Future.failedFuture(tooLarge());
        }
        sendContinue(request);
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        request.exceptionHandler(brokenOff -> whole.tryFail(new HttpException(UNREADABLE, "body: broken off")))
                .endHandler(end -> whole.tryComplete(read))
                .handler(part -> {
                    if (read.length() + part.length() > limit) {
                        whole.tryFail(tooLarge());
                    } else {
                        read.appendBuffer(part);
                    }
                })
                .resume();
        return whole.future();
    }

    private HttpException tooLarge() {
        return new HttpException(TOO_LARGE, tooLarge);
    }

    /**
     * Holds the body back until it is resumed. If no handler reads it, it is read and discarded when the response
     * ends. A request of HTTP/2 that was read can't be resumed.
     */
    public static void hold(RoutingContext request) {
        request.request().pause();
        request.addEndHandler(end -> {
            if (!request.request().isEnded()) {
                request.request().resume();
            }
        });
    }

    /** Some clients wait for an interim response before they send the body (RFC 9110, section 10.1.1). */
    public static void sendContinue(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue().onFailure(gone -> {});
        }
    }

    /** The declared length of the body; 0 also if there is no such header. */
    public static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
