package io.revoker.http.ssf;

import io.revoker.bus.StreamBus;
import io.revoker.caller.Caller;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamRequests.Note;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /ssf/verify}: a receiver asks for an event (Shared Signals Framework 1.0, section 8.1.4). */
public final class VerificationRoutes implements Routes {
    private final StreamBus bus;
    private final ReceiverRequests requests;
    private final Duration interval;

    public VerificationRoutes(StreamBus bus, ReceiverRequests requests, TransmitterSettings settings) {
        this.bus = bus;
        this.requests = requests;
        this.interval = settings.verificationInterval();
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(
                router,
                TransmitterSettings.VERIFY,
                Map.of(
                        ReceiverRequests.JSON,
                        request -> requests.admit(
                                request, StreamRequest::read, (fields, caller) -> verify(request, fields, caller))),
                ReceiverRequests.JSON);
    }

    private Future<Runnable> verify(RoutingContext request, StreamRequest fields, Caller caller) {
        String id = fields.stream();
        Notice notice = new Notice(id + ".v" + UUID.randomUUID(), Notice.Matter.verification(fields.state()));
        return bus.note(new Note(Optional.of(caller.id()), id, notice, interval))
                .map(noted -> switch (noted.outcome()) {
                    case ADDED -> ReceiverRequests.empty(request);
                    case UNKNOWN_STREAM -> ReceiverRequests.unknown(request);
                    case TOO_SOON, TOO_MANY -> () -> tooMany(request);
                });
    }

    private void tooMany(RoutingContext request) {
        request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, interval.toSeconds())));
        new ProblemDetails(429, "verification: too soon, or too many that were not delivered (expected: later)")
                .send(request);
    }
}
