package io.revoker.http.statuslists;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.StatusListBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.statuslists.StatusListUris;
import io.revoker.domain.statuslists.StatusReference;
import io.revoker.domain.statuslists.StatusRequests.Allocate;
import io.revoker.domain.statuslists.StatusRequests.Allocated;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.single.StatusSettings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/status-allocations}: indexes for tokens that will be issued. */
final class AllocationRoutes implements Routes {
    private static final String PATH = "/v1/status-allocations";

    private final StatusListBus bus;
    private final Gate gate;
    private final BodyReader bodies;
    private final AllocationReader reader;
    private final StatusListUris uris;

    AllocationRoutes(StatusListBus bus, Gate gate, BodyReader bodies, AllocationReader reader, StatusListUris uris) {
        this.bus = bus;
        this.gate = gate;
        this.bodies = bodies;
        this.reader = reader;
        this.uris = uris;
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(router, PATH, Map.of("application/json", this::admit), "application/json");
    }

    private void admit(RoutingContext request) {
        gate.admit(
                request,
                Privilege.REGISTER,
                new ProblemAccessDenied(),
                caller -> AsyncAnswer.by(
                        request, bodies.read(request.request()), body -> attempt(request, body.getBytes(), caller)));
    }

    private void attempt(RoutingContext request, byte[] body, Caller caller) {
        try {
            AllocationReader.Reading reading = reader.read(body);
            requireScope(reading, caller);
            AsyncAnswer.orProblem(
                    request,
                    bus.allocate(new Allocate(reading.wanted())),
                    allocated -> answer(request, reading, allocated));
        } catch (Problem refused) {
            ProblemDetails.of(refused).send(request);
        }
    }

    private static void requireScope(AllocationReader.Reading reading, Caller caller) {
        RealmId realm = reading.wanted().subject().holder().realm();
        if (!caller.realms().covers(realm)) {
            throw Problem.forbidden("realm_name: " + realm.value() + " (expected: one of the realms of the client)");
        }
    }

    private void answer(RoutingContext request, AllocationReader.Reading reading, Allocated allocated) {
        List<StatusReference> references = allocated.references();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (reading.isCounted()) {
            ArrayNode statuses = body.putArray("statuses");
            references.forEach(reference -> statuses.add(StatusSettings.claim(uris, reference)));
        } else {
            body.set("status", StatusSettings.claim(uris, references.get(0)));
        }
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(request, 201, body);
    }
}
