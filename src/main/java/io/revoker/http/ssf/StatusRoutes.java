package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.StreamBus;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.StreamRequests.Change;
import io.revoker.domain.streams.StreamRequests.Find;
import io.revoker.domain.streams.StreamRequests.Found;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.PostOnly;
import io.revoker.http.Routes;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /ssf/status}: whether a stream delivers (Shared Signals Framework 1.0, section 8.1.2). */
public final class StatusRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(StatusRoutes.class);
    private static final String PATH = TransmitterSettings.STATUS;

    private final StreamBus bus;
    private final ReceiverRequests requests;

    public StatusRoutes(StreamBus bus, ReceiverRequests requests) {
        this.bus = bus;
        this.requests = requests;
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(request -> requests.admit(request, this::show));
        PostOnly.mount(
                router,
                PATH,
                Map.of(
                        ReceiverRequests.JSON,
                        request -> requests.admit(
                                request, StreamRequest::read, (fields, caller) -> change(request, fields, caller))),
                ReceiverRequests.JSON,
                new MethodNotAllowed("GET, POST"));
    }

    private void show(RoutingContext request, Caller caller) {
        Future<Found> found = ReceiverRequests.stream(request)
                .map(id -> id.orElseThrow(() -> Problem.invalid("stream_id: missing (expected: that of a stream)")))
                .compose(id -> bus.find(new Find(Optional.of(caller.id()), Optional.of(id))));
        requests.answer(request, found.map(streams -> answer(request, streams)));
    }

    private Future<Runnable> change(RoutingContext request, StreamRequest fields, Caller caller) {
        return bus.change(new Change(caller.id(), fields.stream(), Optional.empty(), Optional.of(fields.condition())))
                .map(found -> {
                    found.streams().forEach(StatusRoutes::log);
                    return answer(request, found);
                });
    }

    private static Runnable answer(RoutingContext request, Found found) {
        return found.streams().stream()
                .findFirst()
                .map(stream -> ReceiverRequests.json(request, 200, body(stream)))
                .orElseGet(() -> ReceiverRequests.unknown(request));
    }

    private static ObjectNode body(EventStream stream) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("stream_id", stream.id())
                .put("status", stream.condition().status().wireName());
        if (!stream.condition().reason().isEmpty()) {
            body.put("reason", stream.condition().reason());
        }
        return body;
    }

    private static void log(EventStream stream) {
        LOG.atInfo()
                .addKeyValue("caller", stream.caller())
                .addKeyValue("stream", stream.id())
                .addKeyValue("status", stream.condition().status().wireName())
                .log("status of a stream set");
    }
}
