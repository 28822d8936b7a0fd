package io.revoker.http.tokens;

import io.revoker.bus.RevokerBus;
import io.revoker.bus.StatusListBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.Configuration;
import io.revoker.config.HttpConfig;
import io.revoker.config.values.DataSize;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.BulkQueue;
import io.revoker.http.Gate;
import io.revoker.http.Json;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.single.StatusSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code POST /v1/tokens}: registers or mints tokens, one grant as JSON or a stream of them as NDJSON. {@code GET}
 * lists the grants of a holder.
 */
public final class TokenRoutes implements Routes {
    private static final String PATH = "/v1/tokens";

    private final LineStreams streams;
    private final DataSize longestLine;
    private final BulkQueue queue;
    private final Gate gate;
    private final GrantListing listing;
    private final Registrations registrations;
    private final Registrations streamed;
    private final BodyReader bodies;

    /**
     * Creates them for one event loop.
     *
     * @param inForce the current configuration, parts of which may change
     * @param jwts knows which claims of a JWT say what
     */
    public TokenRoutes(
            RouteContext context,
            RevokerBus bus,
            Gate gate,
            Supplier<Configuration> inForce,
            JwtVerifier jwts,
            InstantSource time) {
        Configuration configuration = inForce.get();
        HttpConfig http = configuration.http();
        this.streams = new LineStreams(context, gate);
        this.longestLine = http.maxLineSize();
        this.queue = BulkQueue.ofLines(configuration.redis().maxInFlight(), context.priority());
        this.gate = gate;
        this.listing = new GrantListing(bus, gate);
        RegistrationReader reader = new RegistrationReader(
                configuration.tokens(), () -> TokenSyntax.within(inForce.get()), jwts::sessionClaim, time);
        LineRetry patience = new LineRetry(context.vertx(), http.requestTimeout(), System::nanoTime);
        TokenStatuses statuses =
                new TokenStatuses(new StatusListBus(bus), StatusSettings.of(configuration), jwts, Tries.ONCE);
        this.registrations = new Registrations(bus::register, reader, statuses, gate);
        this.streamed = new Registrations(
                request -> patience.of(() -> bus.register(request)), reader, statuses.with(patience), gate);
        this.bodies = BodyReader.usual(http);
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(listing);
        PostOnly.mount(
                router,
                PATH,
                Map.of("application/json", this::document, "application/x-ndjson", this::stream),
                "application/json or application/x-ndjson",
                new MethodNotAllowed("GET, POST"));
    }

    private void document(RoutingContext request) {
        gate.admit(
                request,
                Privilege.REGISTER,
                new ProblemAccessDenied(),
                caller -> AsyncAnswer.by(
                        request, bodies.read(request.request()), body -> register(request, body.getBytes(), caller)));
    }

    private void register(RoutingContext request, byte[] document, Caller caller) {
        AsyncAnswer.by(request, registrations.register(document, caller), answer -> {
            request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (answer.status() == 503) {
                request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            Answer.send(request, answer.status(), answer.contentType(), Buffer.buffer(Json.write(answer.body())));
        });
    }

    private void stream(RoutingContext request) {
        streams.open(
                request,
                Privilege.REGISTER,
                caller -> new LineStream(request, longestLine, queue, new StreamedRegistrations(streamed, caller)));
    }
}
