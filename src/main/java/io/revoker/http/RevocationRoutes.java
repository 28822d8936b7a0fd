package io.revoker.http;

import io.revoker.bus.RevokerBus;
import io.revoker.caller.Privilege;
import io.revoker.config.HttpConfig;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * {@code POST /v1/revocations}: a stream of single tokens to revoke, as NDJSON. It has no greatest length: what it holds is bounded by the window of
 * the stream, what it costs is what as many single calls would, and one that is cut off leaves stolen tokens alive.
 */
public final class RevocationRoutes implements Routes {
    private static final String PATH = "/v1/revocations";
    private static final String TYPE = "application/x-ndjson";

    private final LineStreams streams;
    private final RevokerBus bus;
    private final LineStream.Limits limits;

    public RevocationRoutes(Edge edge, RevokerBus bus, Gate gate, HttpConfig http) {
        this.streams = new LineStreams(edge, gate);
        this.bus = bus;
        this.limits = LineStream.Limits.anyNumber(http.maxLineSize());
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(router, PATH, Map.of(TYPE, this::stream), TYPE);
    }

    private void stream(RoutingContext request) {
        streams.open(request, Privilege.INVALIDATE, caller -> {
            StreamedRevocations revocations = new StreamedRevocations(bus, caller);
            request.addEndHandler(end -> revocations.log());
            return new LineStream(request, limits, revocations::revoke);
        });
    }
}
