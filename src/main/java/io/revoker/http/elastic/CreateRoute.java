package io.revoker.http.elastic;

import io.revoker.http.BodyReader;
import io.revoker.http.elastic.MediaType.MediaTypes;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code POST} on the path of tokens creates one, in every Elasticsearch. Nobody is authenticated here, so nothing is created: a caller that meant to is told
 * where tokens are made, and one that meant to invalidate by POST, where that is done.
 */
final class CreateRoute implements Handler<RoutingContext> {
    private final Admission admission;
    private final BodyReader bodies;
    private final Dialect dialect;
    private final ElasticFault refusal;

    /** @param invalidate the path on which POST invalidates */
    CreateRoute(Admission admission, BodyReader bodies, Dialect dialect, String invalidate) {
        this.admission = admission;
        this.bodies = bodies;
        this.dialect = dialect;
        this.refusal = ElasticFault.oauth(
                "unsupported_grant_type",
                "no tokens are created here: POST /v1/tokens registers or mints them; to invalidate, send DELETE, or POST "
                        + invalidate);
    }

    @Override
    public void handle(RoutingContext request) {
        Wire.attempt(request, rendering -> {
            MediaTypes.requireOfHead(request.request());
            dialect.greet(request);
            Wire.requireReadable(request);
            admission
                    .authenticate(request)
                    .compose(caller -> bodies.read(request.request()))
                    .compose(body -> refuse(request, body.length()))
                    .onFailure(failure -> Wire.fail(request, failure, rendering));
        });
    }

    private Future<Void> refuse(RoutingContext request, int bodyLength) {
        MediaTypes.ofRequest(Wire.contentTypes(request), bodyLength);
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return Future.failedFuture(refusal);
    }
}
