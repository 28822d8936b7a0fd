package io.revoker.http.tokens;

import io.revoker.caller.Privilege;
import io.revoker.config.Configuration;
import io.revoker.config.values.DataSize;
import io.revoker.http.BulkQueue;
import io.revoker.http.Gate;
import io.revoker.http.PostOnly;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.revoker.http.single.TokenRevocations;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code POST /v1/revocations}: a stream of single tokens to revoke, as NDJSON, or one revocation of anything as JSON.
 * The stream has a queue of its own, so that it does not wait for streams of registrations.
 */
public final class RevocationRoutes implements Routes {
    private static final String PATH = "/v1/revocations";
    private static final String TYPE = "application/x-ndjson";

    private final LineStreams streams;
    private final TokenRevocations tokens;
    private final InstantSource time;
    private final DataSize longestLine;
    private final BulkQueue queue;
    private final LineRetry patience;
    private final Consumer<RoutingContext> document;

    /**
     * Creates them for one event loop.
     *
     * @param time of the expiry of revocations of JWTs
     * @param document answers one as JSON
     */
    public RevocationRoutes(
            RouteContext context,
            TokenRevocations tokens,
            Gate gate,
            Configuration configuration,
            InstantSource time,
            Consumer<RoutingContext> document) {
        this.document = document;
        this.streams = new LineStreams(context, gate);
        this.tokens = tokens;
        this.time = time;
        this.longestLine = configuration.http().maxLineSize();
        this.queue = BulkQueue.ofLines(configuration.redis().maxInFlight(), context.priority());
        this.patience = new LineRetry(context.vertx(), configuration.http().requestTimeout(), System::nanoTime);
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(
                router, PATH, Map.of("application/json", document, TYPE, this::stream), "application/json or " + TYPE);
    }

    private void stream(RoutingContext request) {
        streams.open(
                request,
                Privilege.INVALIDATE,
                caller -> new LineStream(
                        request, longestLine, queue, new StreamedRevocations(tokens, patience, caller, time)));
    }
}
