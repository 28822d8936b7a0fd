package io.revoker.http.tokens;

import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.Configuration;
import io.revoker.config.DataSize;
import io.revoker.config.HttpConfig;
import io.revoker.http.Answer;
import io.revoker.http.Awaited;
import io.revoker.http.BodyReader;
import io.revoker.http.Edge;
import io.revoker.http.Gate;
import io.revoker.http.Json;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemRefusal;
import io.revoker.http.Routes;
import io.revoker.http.Turns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** {@code POST /v1/tokens}: registers or mints tokens, one grant as JSON or a stream of them as NDJSON. */
public final class TokenRoutes implements Routes {
    private static final String PATH = "/v1/tokens";

    private final LineStreams streams;
    private final DataSize longestLine;
    private final Turns turns;
    private final Gate gate;
    private final Registrations registrations;
    private final Registrations streamed;
    private final BodyReader bodies;

    /** @param inForce the configuration, of which some may change */
    public TokenRoutes(Edge edge, RevokerBus bus, Gate gate, Supplier<Configuration> inForce, InstantSource time) {
        Configuration configuration = inForce.get();
        HttpConfig http = configuration.http();
        this.streams = new LineStreams(edge, gate);
        this.longestLine = http.maxLineSize();
        this.turns = Turns.ofLines(configuration.redis().maxInFlight(), edge.precedence());
        this.gate = gate;
        RegistrationReader reader =
                new RegistrationReader(configuration.tokens(), () -> TokenText.within(inForce.get()), time);
        Patience patience = new Patience(edge.vertx(), http.requestTimeout());
        this.registrations = new Registrations(bus::register, reader);
        this.streamed = new Registrations(request -> patience.with(() -> bus.register(request)), reader);
        this.bodies = BodyReader.usual(http);
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(
                router,
                PATH,
                Map.of("application/json", this::document, "application/x-ndjson", this::stream),
                "application/json or application/x-ndjson");
    }

    private void document(RoutingContext request) {
        gate.admit(
                request,
                Privilege.REGISTER,
                new ProblemRefusal(),
                caller -> Awaited.by(
                        request, bodies.read(request.request()), body -> register(request, body.getBytes(), caller)));
    }

    private void register(RoutingContext request, byte[] document, Caller caller) {
        Awaited.by(request, registrations.register(document, caller), answer -> {
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
                caller -> new LineStream(request, longestLine, turns, new StreamedRegistrations(streamed, caller)));
    }
}
