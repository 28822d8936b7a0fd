package io.revoker.http.locks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.store.LockStore.Find;
import io.revoker.domain.store.LockStore.Found;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.LockStore.Remove;
import io.revoker.domain.store.MarkId;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.revoker.http.single.RevocationMembers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/locks} and {@code DELETE /v1/locks/{id}}: the locks of the caller's realms. */
public final class LockRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(LockRoutes.class);
    private static final String PATH = "/v1/locks";
    private static final String ONE = PATH + "/:lock";

    private final RevokerBus bus;
    private final Gate gate;

    public LockRoutes(RevokerBus bus, Gate gate) {
        this.bus = bus;
        this.gate = gate;
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(request -> admit(request, this::list));
        router.delete(ONE).handler(request -> admit(request, this::remove));
        router.route(PATH).handler(new MethodNotAllowed("GET"));
        router.route(ONE).handler(new MethodNotAllowed("DELETE"));
    }

    private void admit(RoutingContext request, BiConsumer<RoutingContext, Caller> then) {
        gate.admit(request, Privilege.INVALIDATE, new ProblemAccessDenied(), caller -> then.accept(request, caller));
    }

    private void list(RoutingContext request, Caller caller) {
        AsyncAnswer.orProblem(
                request, bus.findLocks(new Find(caller.realms())), found -> Answer.json(request, 200, body(found)));
    }

    private void remove(RoutingContext request, Caller caller) {
        Optional<MarkId> id = MarkId.parse(request.pathParam("lock"));
        if (id.isEmpty()) {
            refuseUnknown(request);
            return;
        }
        AsyncAnswer.orProblem(
                request,
                bus.removeLock(new Remove(id.get().bits(), caller.realms(), Optional.of(caller.origin()))),
                found -> removed(request, caller, found));
    }

    private static void removed(RoutingContext request, Caller caller, Found found) {
        if (found.locks().isEmpty()) {
            refuseUnknown(request);
            return;
        }
        Lock lock = found.locks().get(0);
        LOG.atInfo()
                .addKeyValue("caller", caller.id())
                .addKeyValue("target", lock.target().label())
                .addKeyValue("stamp", lock.stamp().micros())
                .log("lock removed");
        Answer.json(request, 200, body(lock));
    }

    private static void refuseUnknown(RoutingContext request) {
        new ProblemDetails(404, "lock: unknown, or ended").send(request);
    }

    private static ObjectNode body(Found found) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode locks = body.putArray("locks");
        found.locks().forEach(lock -> locks.add(body(lock)));
        return body;
    }

    private static ObjectNode body(Lock lock) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("id", lock.id().text());
        RevocationMembers.putTarget(body, lock.target());
        body.put("until", lock.until().toString()).put("stamp", lock.stamp().toString());
        if (!lock.caller().isEmpty()) {
            body.put("caller", lock.caller());
        }
        lock.reason().ifPresent(reason -> RevocationMembers.putReason(body, reason));
        return body;
    }
}
