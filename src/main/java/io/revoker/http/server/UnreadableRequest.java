package io.revoker.http.server;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.revoker.config.HttpConfig;
import io.revoker.config.values.DataSize;
import io.revoker.http.HostRule;
import io.revoker.http.Json;
import io.revoker.http.ProblemDetails;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * The answer to a request that the HTTP decoder could not parse, or whose host the router could not; closes the
 * connection.
 *
 * @param longestLine of a request, as answers show it
 * @param largestHeaders of a request, as answers show it
 */
record UnreadableRequest(String longestLine, String largestHeaders) {

    static UnreadableRequest within(HttpConfig http) {
        return new UnreadableRequest(
                http.maxInitialLine() + " (http.max-initial-line)", http.maxHeaderSize() + " (http.max-header-size)");
    }

    /** For a listener without settings for them. */
    static UnreadableRequest withinDefaults() {
        return new UnreadableRequest(
                new DataSize(HttpServerOptions.DEFAULT_MAX_INITIAL_LINE_LENGTH).toString(),
                new DataSize(HttpServerOptions.DEFAULT_MAX_HEADER_SIZE).toString());
    }

    void answer(HttpServerRequest request) {
        ProblemDetails problem = problem(request);
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .setStatusCode(problem.status())
                .end(Buffer.buffer(Json.write(problem.tree())))
                .onFailure(gone -> {});
        request.connection().close();
    }

    private ProblemDetails problem(HttpServerRequest request) {
        Throwable failure = request.decoderResult().cause();
        if (failure instanceof TooLongHttpLineException) {
            return new ProblemDetails(414, "request line: longer than " + longestLine);
        }
        if (failure instanceof TooLongHttpHeaderException) {
            return new ProblemDetails(431, "headers: longer than " + largestHeaders);
        }
        return new ProblemDetails(
                400, failure == null ? HostRule.UNREADABLE : "request: malformed (expected: HTTP as in RFC 9112)");
    }
}
