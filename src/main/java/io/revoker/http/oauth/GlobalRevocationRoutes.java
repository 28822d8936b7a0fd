package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.SubjectId;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.Json;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.RequestFields;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.single.RevocationLogLine;
import io.revoker.http.single.UserRevocations;
import io.revoker.http.single.UserRevocations.Found;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /oauth2/global-token-revocation}: a security tool or an identity provider has all tokens of a user
 * revoked, draft-parecki-oauth-global-token-revocation-06.
 */
public final class GlobalRevocationRoutes implements Routes {
    static final String PATH = "/oauth2/global-token-revocation";
    private static final String JSON = "application/json";
    private static final String SUBJECT = "sub_id";
    /** Its name in earlier drafts. */
    private static final String EARLIER = "subject";

    private static final Set<String> MEMBERS = Set.of("format", "iss", "sub", "id", "email");
    private static final RevocationLogLine LOG_LINE =
            new RevocationLogLine(LoggerFactory.getLogger(GlobalRevocationRoutes.class));

    private final UserRevocations revocations;
    private final Gate gate;
    private final BodyReader bodies;

    public GlobalRevocationRoutes(UserRevocations revocations, Gate gate, BodyReader bodies) {
        this.revocations = revocations;
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(router, PATH, Map.of(JSON, this::admit), JSON);
    }

    private void admit(RoutingContext request) {
        gate.admit(
                request,
                Privilege.INVALIDATE,
                new ProblemAccessDenied(),
                caller ->
                        AsyncAnswer.by(request, bodies.read(request.request()), body -> revoke(request, body, caller)));
    }

    private void revoke(RoutingContext request, Buffer body, Caller caller) {
        AsyncAnswer.orProblem(
                request,
                Future.succeededFuture(body.getBytes())
                        .map(GlobalRevocationRoutes::subject)
                        .compose(subject -> revocations.revoke(subject, caller, LOG_LINE)),
                found -> answer(request, found));
    }

    private static SubjectId subject(byte[] body) {
        RequestFields fields = new RequestFields(Json.read(body), Set.of(SUBJECT, EARLIER));
        if (fields.get(SUBJECT).isPresent() && fields.get(EARLIER).isPresent()) {
            throw Problem.invalid("sub_id, subject: both given (expected: one of them)");
        }
        String name = fields.get(SUBJECT).isPresent() ? SUBJECT : EARLIER;
        JsonNode subject = fields.get(name)
                .orElseThrow(() -> Problem.invalid(SUBJECT + ": missing (expected: a subject identifier, RFC 9493)"));
        return SubjectId.read(new RequestFields(name, subject, MEMBERS)::text);
    }

    private static void answer(RoutingContext request, Found found) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        switch (found) {
            case REVOKED -> Answer.empty(request, 204);
            case NO_SUCH_USER ->
                new ProblemDetails(404, "sub_id: no such user (expected: a user who has tokens in the client's realms)")
                        .send(request);
        }
    }
}
