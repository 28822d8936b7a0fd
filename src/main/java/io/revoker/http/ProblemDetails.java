package io.revoker.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.revoker.domain.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Error answers as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> problem details.
 *
 * @param detail contains no token and no secret
 */
public record ProblemDetails(int status, String detail) {
    private static final String RETRY_SECONDS = "1";

    public static ProblemDetails of(Throwable failure) {
        return failure instanceof Problem problem
                ? new ProblemDetails(status(problem.kind()), problem.text())
                : new ProblemDetails(500, failure.getClass().getSimpleName());
    }

    /** The message of the reader of a body about why it refused. */
    public static Optional<String> payload(@Nullable Throwable failure) {
        return failure instanceof HttpException refused ? Optional.ofNullable(refused.getPayload()) : Optional.empty();
    }

    /** The HTTP status of a problem, for wire formats without errors of their own. */
    public static int status(Problem.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case LOCKED -> 423;
            case UNAVAILABLE, UNCOUNTED, OVERLOADED, DAMAGED -> 503;
            case INTERNAL -> 500;
        };
    }

    /** If tokens were invalidated before the problem, its message says so. */
    public static Throwable withWhatWasDone(Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.done().invalidated() == 0) {
            return failure;
        }
        return new Problem(
                problem.kind(),
                problem.text() + "; tokens invalidated before: "
                        + problem.done().invalidated(),
                problem.done());
    }

    public ObjectNode tree() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail);
    }

    /** Ends the response; if its head was sent already, resets the connection. */
    public void send(RoutingContext request) {
        if (request.response().headWritten()) {
            request.response().reset();
            return;
        }
        if (status == 503) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        Answer.send(request, status, "application/problem+json", Buffer.buffer(Json.write(tree())));
    }
}
