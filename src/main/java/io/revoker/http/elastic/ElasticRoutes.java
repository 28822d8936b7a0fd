package io.revoker.http.elastic;

import io.revoker.bus.RevokerBus;
import io.revoker.config.Configuration;
import io.revoker.config.ElasticsearchConfig;
import io.revoker.domain.Problem;
import io.revoker.http.BodyReader;
import io.revoker.http.Gate;
import io.revoker.http.Routes;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Optional;

/**
 * The Elasticsearch <i>Invalidate Token API</i>: {@code DELETE} and {@code POST} on {@code /_security/oauth2/token} and, for clients of 6.6 to 6.8, on
 * {@code /_xpack/security/oauth2/token}; and {@code GET /}, by which clients make sure that they talk to what they expect.
 */
public final class ElasticRoutes implements Routes {
    private static final String PATH = "/_security/oauth2/token";
    private static final String OLD_PATH = "/_xpack/security/oauth2/token";

    private final RevokerBus bus;
    private final Admission admission;
    private final ElasticsearchConfig identity;
    private final BodyReader bodies;

    public ElasticRoutes(RevokerBus bus, Gate gate, Configuration configuration) {
        this.bus = bus;
        this.admission = new Admission(gate);
        this.identity = configuration.elasticsearch();
        this.bodies = new BodyReader(configuration.http().maxBodySize().bytes());
    }

    @Override
    public void mount(Router router) {
        mount(router, PATH, new CurrentDialect(identity.unknownTokenStatus()));
        mount(router, OLD_PATH, new XpackDialect(PATH, identity));
        if (identity.identity()) {
            router.route("/").handler(this::introduce).handler(new InfoRoute(identity));
        }
    }

    /** A trailing slash is the same resource: the router takes it so. */
    private void mount(Router router, String path, Dialect dialect) {
        router.route(path)
                .handler(this::introduce)
                .handler(new InvalidateRoute(bus, admission, bodies, dialect))
                .failureHandler(this::fail);
    }

    /** What was refused before it came here. */
    private void fail(RoutingContext request) {
        head(request);
        Wire.fail(request, reason(request.statusCode(), Optional.ofNullable(request.failure())), Rendering.DEFAULT);
    }

    private static Throwable reason(int status, Optional<Throwable> failure) {
        if (status >= 400 && status < 500) {
            return new HttpException(status);
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
