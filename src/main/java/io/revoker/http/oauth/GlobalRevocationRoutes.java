package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.RevocationRequest;
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
import io.revoker.http.single.NoticedRevocations;
import io.revoker.http.single.RevocationLogLine;
import io.revoker.http.single.UserRevocations;
import io.revoker.http.single.UserRevocations.Found;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /oauth2/global-token-revocation}: a security tool or an identity provider has all tokens of a user
 * revoked, draft-parecki-oauth-global-token-revocation-06. It is a client; or the issuer of a realm, which signs its
 * requests with a JWT in the place of a bearer token.
 */
public final class GlobalRevocationRoutes implements Routes {
    static final String PATH = "/oauth2/global-token-revocation";
    private static final String JSON = "application/json";
    private static final String SUBJECT = "sub_id";
    /** Its name in earlier drafts. */
    private static final String EARLIER = "subject";

    private static final Set<String> MEMBERS = Set.of("format", "iss", "sub", "id", "email");
    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);
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
        bearer(request).ifPresentOrElse(jwt -> admitSigner(request, jwt), () -> admitClient(request));
    }

    /** Where no realm accepts one, it is a credential like any other, and may not be needed. */
    private Optional<String> bearer(RoutingContext request) {
        List<String> headers = request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        return Optional.of(headers)
                .filter(all -> all.size() == 1 && revocations.notices().acceptsRequests())
                .map(all -> BEARER.matcher(all.get(0).strip()))
                .filter(Matcher::matches)
                .map(found -> found.group(1));
    }

    /** The body is read once the signature holds: strangers that send slowly hold nobody up. */
    private void admitSigner(RoutingContext request, String jwt) {
        BodyReader.hold(request);
        Future<RevocationRequest> verified = revocations.notices().request(jwt);
        Future<Caller> signer = verified.map(signed -> NoticedRevocations.issuer(signed.realm()));
        AsyncAnswer.by(
                request,
                gate.admitToRevoke(request, signer),
                caller -> AsyncAnswer.by(
                        request,
                        bodies.read(request.request()),
                        body -> revoke(request, body, verified.result(), caller)),
                failure -> refuse(request, failure));
    }

    private void revoke(RoutingContext request, Buffer body, RevocationRequest signed, Caller caller) {
        AsyncAnswer.orProblem(
                request,
                revocations.revoke(subject(body), body.getBytes(), signed, caller, LOG_LINE),
                found -> answer(request, found));
    }

    private static void refuse(RoutingContext request, Throwable failure) {
        if (failure instanceof Problem unfit && unfit.kind() == Problem.Kind.INVALID) {
            request.response().putHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            new ProblemDetails(401, "Authorization: " + unfit.text()).send(request);
        } else {
            ProblemDetails.of(failure).send(request);
        }
    }

    private void admitClient(RoutingContext request) {
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
                subject(body).compose(subject -> revocations.revoke(subject, caller, LOG_LINE)),
                found -> answer(request, found));
    }

    private static Future<SubjectId> subject(Buffer body) {
        return Future.succeededFuture(body.getBytes()).map(GlobalRevocationRoutes::subject);
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
            case UNCLEAR ->
                new ProblemDetails(
                                422,
                                "sub_id: by another claim than the realm's users (expected: iss_sub if they are by sub,"
                                        + " email if they are by email, or opaque)")
                        .send(request);
        }
    }
}
