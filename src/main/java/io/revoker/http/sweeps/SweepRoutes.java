package io.revoker.http.sweeps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * {@code /v1/sweeps}: the sweeps that are running or have ended recently, on any instance; {@code DELETE} stops the
 * counting of one.
 */
public final class SweepRoutes implements Routes {
    private static final String PATH = "/v1/sweeps";

    private final RevokerBus bus;
    private final Gate gate;

    public SweepRoutes(RevokerBus bus, Gate gate) {
        this.bus = bus;
        this.gate = gate;
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(request -> admit(request, this::list));
        router.get(PATH + "/:sweep").handler(request -> admit(request, this::show));
        router.delete(PATH + "/:sweep").handler(request -> admit(request, this::stop));
        router.route(PATH).handler(new MethodNotAllowed("GET"));
        router.route(PATH + "/:sweep").handler(new MethodNotAllowed("GET, DELETE"));
    }

    private void admit(RoutingContext request, BiConsumer<RoutingContext, Caller> then) {
        gate.admit(request, Privilege.INVALIDATE, new ProblemAccessDenied(), caller -> then.accept(request, caller));
    }

    private void list(RoutingContext request, Caller caller) {
        answer(request, bus.findSweeps(new FindSweeps(Optional.empty(), caller.realms())), found -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putArray("sweeps")
                    .addAll(found.sweeps().stream().map(SweepBody::of).toList());
            Answer.json(request, 200, body);
        });
    }

    private void show(RoutingContext request, Caller caller) {
        sweep(request)
                .ifPresent(sweep -> answer(
                        request,
                        bus.findSweeps(new FindSweeps(Optional.of(sweep), caller.realms())),
                        found -> one(request, found)
                                .ifPresent(status -> Answer.json(request, 200, SweepBody.of(status)))));
    }

    private void stop(RoutingContext request, Caller caller) {
        sweep(request)
                .ifPresent(sweep -> answer(
                        request,
                        bus.stopSweep(new StopSweep(sweep, caller.realms(), Optional.of(caller.origin()))),
                        found -> one(request, found).ifPresent(status -> stopped(request, status))));
    }

    private static void stopped(RoutingContext request, SweepStatus sweep) {
        if (sweep.state() == State.STOPPED || sweep.state() == State.STOPPING) {
            Answer.json(request, 200, SweepBody.of(sweep));
        } else {
            new ProblemDetails(409, "sweep: not running (expected: a running one)").send(request);
        }
    }

    private static void answer(RoutingContext request, Future<FoundSweeps> answer, Consumer<FoundSweeps> then) {
        AsyncAnswer.orProblem(request, answer, then::accept);
    }

    private static Optional<SweepStatus> one(RoutingContext request, FoundSweeps found) {
        if (found.sweeps().isEmpty()) {
            refuseUnknown(request);
            return Optional.empty();
        }
        return Optional.of(found.sweeps().get(0));
    }

    /** The id in the path; any other text is refused as an unknown sweep. */
    private static Optional<Stamp> sweep(RoutingContext request) {
        Optional<Stamp> sweep = Stamp.parse(request.pathParam("sweep"));
        if (sweep.isEmpty()) {
            refuseUnknown(request);
        }
        return sweep;
    }

    private static void refuseUnknown(RoutingContext request) {
        new ProblemDetails(404, "sweep: unknown, or ended more than an hour ago").send(request);
    }
}
