package io.revoker.http.leaks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Report;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.single.TokenRevocations;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * GitLab's <a href="https://docs.gitlab.com/development/sec/token_revocation_api/">Token Revocation API</a>: GitLab
 * asks for the types of tokens that can be revoked, and posts those of them that it finds in repositories.
 */
public final class GitLabRoutes implements Routes {
    private static final String TYPES = "/v1/revocable_token_types";
    private static final String REVOKE = "/v1/revoke_tokens";
    private static final String JSON = "application/json";

    /** As GitLab names what a rule with the id "Revoker token" finds. */
    private static final String TYPE = "gitleaks_rule_id_revoker_token";

    private final LeakedTokens tokens;
    private final Gate gate;
    private final BodyReader bodies;

    public GitLabRoutes(TokenRevocations tokens, Gate gate, BodyReader bodies) {
        this.tokens = new LeakedTokens(tokens, LoggerFactory.getLogger(GitLabRoutes.class));
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        router.get(TYPES).handler(request -> admit(request, caller -> types(request)));
        router.route(TYPES).handler(new MethodNotAllowed("GET"));
        PostOnly.mount(
                router,
                REVOKE,
                Map.of(
                        JSON,
                        request -> admit(
                                request,
                                caller -> AsyncAnswer.by(
                                        request,
                                        bodies.read(request.request()),
                                        body -> revoke(request, body, caller)))),
                JSON);
    }

    private void admit(RoutingContext request, Consumer<Caller> then) {
        gate.admit(request, Privilege.INVALIDATE, new ProblemAccessDenied(), then);
    }

    private static void types(RoutingContext request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("types").add(TYPE);
        Answer.json(request, 200, body);
    }

    /** GitLab sends a report again if it is not accepted: every token of it may be revoked again. */
    private void revoke(RoutingContext request, Buffer body, Caller caller) {
        Future<List<Report.Outcome>> revoked = Future.succeededFuture(body.getBytes())
                .map(LeakedTokens::read)
                .compose(leaked -> tokens.revoke(leaked, caller));
        AsyncAnswer.orProblem(request, revoked, done -> Answer.empty(request, 204));
    }
}
