package io.revoker.http.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.revoker.http.Answer;
import io.revoker.http.HostRule;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that no route answered, and those whose route failed. */
final class FailureHandler implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    private static final String UNKNOWN = "path: no such resource";

    @Override
    public void mount(Router router) {
        router.route().last().handler(request -> new ProblemDetails(404, UNKNOWN).send(request));
        for (int status : new int[] {400, 404, 405, 406, 413, 415, 417, 500, 503}) {
            router.errorHandler(status, request -> answer(request, status));
        }
    }

    private static void answer(RoutingContext request, int status) {
        if (isPing(request)) {
            Answer.empty(request, 204);
            return;
        }
        Throwable failure = request.failure();
        if (failure != null && status >= 500 && !(failure instanceof HttpException)) {
            ProblemDetails known = ProblemDetails.of(failure);
            if (known.status() == 500) {
                LOG.error("request failed", failure);
            }
            known.send(request);
            return;
        }
        String detail = ProblemDetails.payload(failure).orElseGet(() -> reason(request, status));
        new ProblemDetails(status, detail).send(request);
    }

    /** {@code OPTIONS *} addresses no resource; it only asks whether the server is there (RFC 9110, section 9.3.7). */
    private static boolean isPing(RoutingContext request) {
        HttpServerRequest asked = request.request();
        return asked.method().equals(HttpMethod.OPTIONS) && "*".equals(asked.uri()) && HostRule.isReadable(asked);
    }

    /** The router calls no handler if it can't parse the host or the path of a request. */
    private static String reason(RoutingContext request, int status) {
        return switch (status) {
            case 400 -> HostRule.failureBeforeRoutes(request.request());
            case 404 -> UNKNOWN;
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }
}
