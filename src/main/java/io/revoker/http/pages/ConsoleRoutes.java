package io.revoker.http.pages;

import io.revoker.caller.Authentication;
import io.revoker.config.HttpConfig;
import io.revoker.config.HttpConfig.ConsoleConfig.Served;
import io.revoker.domain.Problem;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.HostRule;
import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.revoker.http.SessionCaller;
import io.revoker.http.request.Parameters;
import io.revoker.http.request.StrangerBodies;
import io.revoker.http.request.TimeText;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code /console}: its files, its session, and below {@code /console/api} the routes that it calls, which are those
 * that all clients call. There, and nowhere else, a session stands for the caller.
 */
public final class ConsoleRoutes implements Routes {
    private static final String PATH = "/console";
    private static final String STREAM = "/v1/revocations/stream";
    private static final String TIMEOUT = "timeout";

    /** Then the browser comes back, and has to have a session still. */
    private static final Duration LONGEST_STREAM = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Served served;
    private final Sessions sessions;
    private final SessionRoutes session;
    private final List<Routes> called;

    /**
     * Creates it for one event loop.
     *
     * @param called the routes that the console may call
     */
    public ConsoleRoutes(ConsoleParts parts, List<Routes> called) {
        this.vertx = parts.vertx();
        this.served = parts.served();
        this.sessions = new Sessions(parts);
        this.session = new SessionRoutes(sessions, parts.gate(), new StrangerBodies(parts.bodies()));
        this.called = List.copyOf(called);
    }

    /** Whether there is one with these settings. Blocks while it resolves the address. */
    public static boolean isServed(HttpConfig http) {
        return switch (http.console().served()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case LOOPBACK -> HostRule.isLoopback(http.host());
        };
    }

    @Override
    public void mount(Router router) {
        ConsoleRestrictions.mountHost(router, PATH + "/*", served);
        session.mount(router);
        router.route(PATH + "/api/*").subRouter(api());
        ReadOnly.mount(router, PATH + "/*", this::file);
    }

    private Router api() {
        Router api = Router.router(vertx);
        api.route().handler(new SameOrigin()).handler(this::identify);
        ConsoleRestrictions.mountApi(api);
        api.get(STREAM).handler(ConsoleRoutes::requireEnd);
        called.forEach(routes -> routes.mount(api));
        return api;
    }

    private void identify(RoutingContext request) {
        SessionCaller.put(
                request,
                () -> sessions.find(SessionCookie.of(request.request()))
                        .map(found -> found.<Authentication>map(
                                        known -> new Authentication.Authenticated(known.caller()))
                                .orElseGet(Authentication.Missing::new)));
        request.next();
    }

    private static void requireEnd(RoutingContext request) {
        try {
            boolean ends = Parameters.ofQuery(request.request())
                    .value(TIMEOUT)
                    .map(text -> TimeText.read(TIMEOUT, text).compareTo(LONGEST_STREAM) <= 0)
                    .orElse(false);
            if (!ends) {
                throw Problem.invalid(TIMEOUT + ": missing, or too long (expected: at most 1m at the console)");
            }
            request.next();
        } catch (Problem refused) {
            ProblemDetails.of(refused).send(request);
        }
    }

    private void file(RoutingContext request) {
        String rest = request.normalizedPath().substring(PATH.length());
        if (rest.isEmpty()) {
            request.response().putHeader(HttpHeaders.LOCATION, "console/");
            Answer.empty(request, 308);
        } else {
            AsyncAnswer.by(
                    request,
                    vertx.executeBlocking(() -> ConsoleFiles.named(rest.substring(1))),
                    found -> send(request, found));
        }
    }

    private static void send(RoutingContext request, Optional<PageFile> found) {
        found.ifPresentOrElse(
                file -> file.send(request, PagePolicy.CONSOLE),
                () -> new ProblemDetails(404, "path: no such resource").send(request));
    }
}
