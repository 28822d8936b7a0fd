package io.revoker.http.pages;

import io.revoker.config.HttpConfig.ConsoleConfig.Served;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.ProblemDetails;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What is not at the console, though the routes that it calls have it for other clients. */
final class ConsoleRestrictions {
    private static final String LINES = "application/x-ndjson";
    private static final List<String> READ_ONLY = List.of("/v1/tokens", "/v1/followers/*");
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto");

    private ConsoleRestrictions() {}

    /** Registers nothing, confirms nothing, and takes no stream, which would outlast the session. */
    static void mountApi(Router api) {
        api.route().handler(ConsoleRestrictions::refuseLines);
        READ_ONLY.forEach(path -> api.route(path).handler(readOnly()));
    }

    private static Handler<RoutingContext> readOnly() {
        MethodNotAllowed refusal = new MethodNotAllowed("GET");
        return request -> {
            if (request.request().method().equals(HttpMethod.GET)) {
                request.next();
            } else {
                refusal.handle(request);
            }
        };
    }

    private static void refuseLines(RoutingContext request) {
        String type = Objects.toString(request.request().getHeader(HttpHeaders.CONTENT_TYPE), "");
        if (type.toLowerCase(Locale.ROOT).contains(LINES)) {
            new ProblemDetails(415, "Content-Type: " + LINES + " (expected: another one at the console)").send(request);
        } else {
            request.next();
        }
    }

    /** A proxy on the same host would show it to others, where it is meant for that host only. */
    static void mountHost(Router router, String path, Served served) {
        if (served == Served.LOOPBACK) {
            router.route(path).handler(ConsoleRestrictions::refuseProxied);
        }
    }

    private static void refuseProxied(RoutingContext request) {
        if (OF_PROXIES.stream().anyMatch(request.request().headers()::contains)) {
            new ProblemDetails(404, "path: no such resource").send(request);
        } else {
            request.next();
        }
    }
}
