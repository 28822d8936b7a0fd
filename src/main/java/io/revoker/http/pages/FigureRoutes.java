package io.revoker.http.pages;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.http.Answer;
import io.revoker.http.Gate;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code GET /console/api/figures}: what the charts of the console show, of the instance that answers. They are those
 * of all realms together, so a caller that is limited to some does not get them.
 */
public final class FigureRoutes implements Routes {
    private static final String PATH = "/figures";

    private final Gate gate;
    private final Figures figures;

    /**
     * Creates it for one event loop.
     *
     * @param instance by which the console tells the instances apart
     * @param sessionChecks that the console itself has caused
     */
    public FigureRoutes(Gate gate, MeterRegistry registry, String instance, LongAdder sessionChecks) {
        this.gate = gate;
        this.figures = new Figures(registry, instance, sessionChecks);
    }

    @Override
    public void mount(Router router) {
        router.get(PATH)
                .handler(request -> gate.admit(
                        request, Privilege.INVALIDATE, new ProblemAccessDenied(), caller -> answer(request, caller)));
        router.route(PATH).handler(new MethodNotAllowed("GET"));
    }

    private void answer(RoutingContext request, Caller caller) {
        if (caller.realms().only().isPresent()) {
            new ProblemDetails(403, "figures: those of all realms (expected: a client of all realms)").send(request);
            return;
        }
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(request, 200, figures.now());
    }
}
