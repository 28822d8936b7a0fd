package io.revoker.http.elastic;

import io.revoker.http.elastic.MediaType.MediaTypes;
import io.revoker.http.request.BodyReader;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code POST} on the path of tokens creates one, in every Elasticsearch. Revoker authenticates no users, so it
 * creates nothing. The error tells callers where to create tokens, and where to invalidate by POST.
 */
final class CreateRoute implements Handler<RoutingContext> {
    private final InvalidateAccess access;
    private final BodyReader bodies;
    private final Dialect dialect;
    private final ElasticError error;

    /** @param invalidate the path on which POST invalidates */
    CreateRoute(InvalidateAccess access, BodyReader bodies, Dialect dialect, String invalidate) {
        this.access = access;
        this.bodies = bodies;
        this.dialect = dialect;
        this.error = ElasticError.oauth(
                "unsupported_grant_type",
                "no tokens are created here: POST /v1/tokens registers or mints them; to invalidate, send DELETE, or POST "
                        + invalidate);
    }

    @Override
    public void handle(RoutingContext request) {
        ElasticHandler.attempt(request, rendering -> {
            MediaTypes.requireOfHead(request.request());
            dialect.addHeaders(request);
            ElasticHandler.requireReadable(request);
            access.authenticate(request)
                    .compose(caller -> bodies.read(request.request()))
                    .compose(body -> refuse(request, body.length()))
                    .onFailure(failure -> ElasticHandler.fail(request, failure, rendering));
        });
    }

    private Future<Void> refuse(RoutingContext request, int bodyLength) {
        MediaTypes.ofRequest(ElasticHandler.contentTypes(request), bodyLength);
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return Future.failedFuture(error);
    }
}
