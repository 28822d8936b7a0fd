package io.revoker.http.elastic;

import io.revoker.bus.RevokerBus;
import io.revoker.config.Configuration;
import io.revoker.config.Configuration.ElasticsearchConfig;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.http.Gate;
import io.revoker.http.HostRule;
import io.revoker.http.ProblemDetails;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.revoker.http.elastic.Dialect.CurrentDialect;
import io.revoker.http.elastic.Dialect.PostDialect;
import io.revoker.http.elastic.Dialect.XpackDialect;
import io.revoker.http.request.BodyReader;
import io.revoker.http.single.ReceiptWaits;
import io.revoker.http.single.TokenRevocations;
import io.vertx.core.Handler;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Optional;

/**
 * The Elasticsearch <i>Invalidate Token API</i>: {@code DELETE} on {@code /_security/oauth2/token} and, for clients of
 * 6.6 to 6.8, on {@code /_xpack/security/oauth2/token}; and {@code GET /}, by which clients verify the product that
 * they talk to. Every other path that begins with an underscore is another API of Elasticsearch, and is refused with
 * an error of the same form.
 */
public final class ElasticRoutes implements Routes {
    private static final String PATH = "/_security/oauth2/token";
    private static final String OLD_PATH = "/_xpack/security/oauth2/token";

    /** Our own path, named like the actions on resources in Elasticsearch. */
    private static final String POST_PATH = PATH + "/_invalidate";

    private static final String OTHERS = "/_.*";

    private final RouteContext context;
    private final TokenRevocations tokens;
    private final InvalidateAccess access;
    private final ElasticsearchConfig identity;
    private final BodyReader bodies;
    private final ReceiptWaits receipts;

    public ElasticRoutes(
            RouteContext context,
            RevokerBus bus,
            JwtVerifier jwts,
            Gate gate,
            Configuration configuration,
            ReceiptWaits receipts) {
        this.context = context;
        this.tokens = new TokenRevocations(
                asked -> context.priority().take(() -> bus.revoke(asked)),
                jwts,
                configuration.log().retention());
        this.access = new InvalidateAccess(gate);
        this.identity = configuration.elasticsearch();
        this.receipts = receipts;
        this.bodies = BodyReader.usual(configuration.http());
    }

    @Override
    public void mount(Router router) {
        Dialect current = new CurrentDialect(identity.unknownTokenStatus());
        mount(router, PATH, current);
        mount(router, OLD_PATH, new XpackDialect(PATH, identity));
        route(router.route(POST_PATH), invalidate(new PostDialect(current)));
        if (identity.identity()) {
            router.route("/").handler(this::introduce).handler(new InfoRoute(identity));
        }
        route(router.routeWithRegex(OTHERS), new UnsupportedApis());
    }

    /** A trailing slash is the same resource: the router treats it so. */
    private void mount(Router router, String path, Dialect dialect) {
        route(router.post(path), new CreateRoute(access, bodies, dialect, POST_PATH));
        route(router.route(path), invalidate(dialect));
    }

    private void route(Route route, Handler<RoutingContext> answer) {
        route.handler(this::introduce).handler(answer).failureHandler(this::fail);
    }

    private InvalidateRoute invalidate(Dialect dialect) {
        return new InvalidateRoute(tokens, access, new RevocationBody(context, bodies), dialect, receipts);
    }

    /** Answers requests that were refused before they reached a route. */
    private void fail(RoutingContext request) {
        head(request);
        ElasticHandler.fail(request, reason(request, Optional.ofNullable(request.failure())), Rendering.DEFAULT);
    }

    private static Throwable reason(RoutingContext request, Optional<Throwable> failure) {
        int status = request.statusCode();
        if (status == 400 && failure.flatMap(ProblemDetails::payload).isEmpty()) {
            return new HttpException(status, HostRule.failureBeforeRoutes(request.request()));
        }
        if (status >= 400 && status < 500) {
            return failure.filter(HttpException.class::isInstance).orElseGet(() -> new HttpException(status));
        }
        return failure.orElseGet(() -> Problem.internal("status " + status));
    }

    private void introduce(RoutingContext request) {
        head(request);
        request.next();
    }

    private void head(RoutingContext request) {
        if (identity.identity()) {
            request.response().putHeader("X-elastic-product", "Elasticsearch");
        }
        String opaque = request.request().getHeader("X-Opaque-Id");
        if (opaque != null) {
            request.response().putHeader("X-Opaque-Id", opaque);
        }
    }
}
