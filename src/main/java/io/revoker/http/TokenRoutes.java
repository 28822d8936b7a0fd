package io.revoker.http;

import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.Configuration;
import io.revoker.config.HttpConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/** {@code POST /v1/tokens}: registers or mints tokens, one grant as JSON or a stream of them as NDJSON. */
public final class TokenRoutes implements Routes {
    private static final String PATH = "/v1/tokens";

    private final Edge edge;
    private final Gate gate;
    private final HttpConfig limits;
    private final Registrations registrations;
    private final BodyReader bodies;

    public TokenRoutes(Edge edge, RevokerBus bus, Gate gate, Configuration configuration) {
        this.edge = edge;
        this.gate = gate;
        this.limits = configuration.http();
        this.registrations =
                new Registrations(bus, new RegistrationReader(configuration.tokens(), InstantSource.system()));
        this.bodies = new BodyReader(limits.maxBodySize().bytes());
    }

    @Override
    public void mount(Router router) {
        router.post(PATH).handler(request -> {
            switch (contentType(request)) {
                case "application/json" -> document(request);
                case "application/x-ndjson" -> stream(request);
                default ->
                    new ProblemDetails(415, "Content-Type: expected application/json or application/x-ndjson")
                            .send(request);
            }
        });
        router.route(PATH).handler(request -> {
            request.response().putHeader(HttpHeaders.ALLOW, "POST");
            new ProblemDetails(405, "method: " + request.request().method() + " (expected: POST)").send(request);
        });
    }

    private void document(RoutingContext request) {
        bodies.read(request.request())
                .onSuccess(body -> admit(request, caller -> register(request, body.getBytes(), caller)))
                .onFailure(request::fail);
    }

    private void register(RoutingContext request, byte[] document, Caller caller) {
        registrations.register(document, caller).onSuccess(answer -> {
            request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (answer.status() == 503) {
                request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            Answer.send(request, answer.status(), answer.contentType(), Buffer.buffer(Json.write(answer.body())));
        });
    }

    /** The body waits until the caller is known; who is refused may send it, but nobody reads it. */
    private void stream(RoutingContext request) {
        request.request().pause();
        request.addEndHandler(end -> request.request().resume());
        admit(request, caller -> {
            edge.unhurried().accept(request);
            BodyReader.invite(request.request());
            new RegistrationStream(
                            request.request(),
                            request.vertx().getOrCreateContext(),
                            limits,
                            line -> registrations.register(line, caller))
                    .run();
        });
    }

    private void admit(RoutingContext request, Consumer<Caller> then) {
        gate.admit(request, Privilege.REGISTER, new ProblemRefusal(), then);
    }

    /** Without its parameters; empty if there is none. */
    private static String contentType(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
