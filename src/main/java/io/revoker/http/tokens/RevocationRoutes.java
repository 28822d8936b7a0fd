package io.revoker.http.tokens;

import io.revoker.bus.RevokerBus;
import io.revoker.caller.Privilege;
import io.revoker.config.Configuration;
import io.revoker.config.DataSize;
import io.revoker.http.Edge;
import io.revoker.http.Gate;
import io.revoker.http.PostOnly;
import io.revoker.http.Routes;
import io.revoker.http.Turns;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * {@code POST /v1/revocations}: a stream of single tokens to revoke, as NDJSON. It has turns of its own, so that it waits for no stream of
 * registrations.
 */
public final class RevocationRoutes implements Routes {
    private static final String PATH = "/v1/revocations";
    private static final String TYPE = "application/x-ndjson";

    private final LineStreams streams;
    private final RevokerBus bus;
    private final DataSize longestLine;
    private final Turns turns;
    private final Patience patience;

    public RevocationRoutes(Edge edge, RevokerBus bus, Gate gate, Configuration configuration) {
        this.streams = new LineStreams(edge, gate);
        this.bus = bus;
        this.longestLine = configuration.http().maxLineSize();
        this.turns = Turns.ofLines(configuration.redis().maxInFlight(), edge.precedence());
        this.patience = new Patience(edge.vertx(), configuration.http().requestTimeout());
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(router, PATH, Map.of(TYPE, this::stream), TYPE);
    }

    private void stream(RoutingContext request) {
        streams.open(
                request,
                Privilege.INVALIDATE,
                caller -> new LineStream(request, longestLine, turns, new StreamedRevocations(bus, patience, caller)));
    }
}
