package io.revoker.http.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.EventNotice;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.revoker.http.request.StrangerBodies;
import io.revoker.http.single.NoticedRevocations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code POST /ssf/events}: a transmitter of the Shared Signals Framework pushes one security event token,
 * <a href="https://www.rfc-editor.org/rfc/rfc8935">RFC 8935</a>. It needs no credentials: the transmitter has signed
 * what it sends. It gets 202 only when the event has been carried out.
 */
public final class EventRoutes implements Routes {
    private static final String PATH = "/ssf/events";
    private static final String SET = "application/secevent+jwt";

    private final EventIntake intake;
    private final Gate gate;
    private final StrangerBodies bodies;

    public EventRoutes(EventIntake intake, Gate gate, StrangerBodies bodies) {
        this.intake = intake;
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(router, PATH, Map.of(SET, this::read), SET);
    }

    private void read(RoutingContext request) {
        AsyncAnswer.by(
                request,
                bodies.read(request.request()),
                body -> take(request, new String(body.getBytes(), StandardCharsets.UTF_8)));
    }

    private void take(RoutingContext request, String token) {
        Future<EventNotice> verified = intake.verify(token);
        Future<Caller> signer = verified.map(notice -> NoticedRevocations.issuer(notice.realm()));
        AsyncAnswer.by(
                request,
                gate.admitToRevoke(request, signer).compose(caller -> intake.carryOut(verified.result(), caller)),
                done -> Answer.empty(request, 202),
                failure -> refuse(request, failure));
    }

    private static void refuse(RoutingContext request, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() != Problem.Kind.INVALID) {
            ProblemDetails.of(failure).send(request);
            return;
        }
        request.response().putHeader(HttpHeaders.CONTENT_LANGUAGE, "en");
        Answer.json(
                request,
                400,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("err", EventIntake.code(problem))
                        .put("description", problem.text()));
    }
}
