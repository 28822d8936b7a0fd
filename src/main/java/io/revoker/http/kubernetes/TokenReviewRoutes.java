package io.revoker.http.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.Check;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.single.TokenChecks;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * {@code POST /k8s/tokenreview}: whose token it is, for an API server of Kubernetes
 * (<a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication">webhook
 * token authentication</a>). It takes every status but 200 and 201 for a failure, and asks again.
 */
public final class TokenReviewRoutes implements Routes {
    private static final String PATH = "/k8s/tokenreview";
    private static final String TYPE = "application/json";

    private final TokenChecks checks;
    private final Gate gate;
    private final BodyReader bodies;

    public TokenReviewRoutes(TokenChecks checks, Gate gate, BodyReader bodies) {
        this.checks = checks;
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        // Clients of Kubernetes that send an object as it is name no type: JSON is its default.
        PostOnly.mount(router, PATH, Map.of(TYPE, this::admit, "", this::admit), TYPE);
    }

    private void admit(RoutingContext request) {
        gate.admit(request, Privilege.CHECK, new ProblemAccessDenied(), caller -> {
            request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            AsyncAnswer.by(request, bodies.read(request.request()), body -> review(request, body, caller));
        });
    }

    private void review(RoutingContext request, Buffer body, Caller caller) {
        Future<ObjectNode> reviewed = Future.succeededFuture(body.getBytes())
                .map(TokenReview::read)
                .compose(review -> checks.check(review.token(), caller.realms(), Check.Kinds.ACCESS)
                        .map(review::answer));
        AsyncAnswer.orProblem(request, reviewed, answer -> Answer.json(request, 200, answer));
    }
}
