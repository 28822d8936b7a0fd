package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.revoker.bus.Check;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import io.revoker.http.Answer;
import io.revoker.http.Awaited;
import io.revoker.http.BodyReader;
import io.revoker.http.ContentCoding;
import io.revoker.http.Gate;
import io.revoker.http.HostRule;
import io.revoker.http.KindsTold;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.revoker.http.TokenFacts;
import io.revoker.http.oauth.OAuthError.OAuthRefusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code POST /oauth2/introspect}: token introspection, <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662</a>. */
public final class IntrospectionRoutes implements Routes {
    private static final String PATH = "/oauth2/introspect";
    private static final Pattern FORM =
            Pattern.compile("application/x-www-form-urlencoded\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

    private final RevokerBus bus;
    private final Gate gate;
    private final BodyReader bodies;

    public IntrospectionRoutes(RevokerBus bus, Gate gate, BodyReader bodies) {
        this.bus = bus;
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        router.post(PATH).handler(this::admit).failureHandler(IntrospectionRoutes::refuse);
        router.route(PATH).handler(request -> {
            request.response().putHeader(HttpHeaders.ALLOW, "POST");
            new OAuthError(
                            405,
                            "invalid_request",
                            "method: " + request.request().method() + " (expected: POST)")
                    .send(request);
        });
    }

    private void admit(RoutingContext request) {
        gate.admit(
                request,
                Privilege.CHECK,
                new OAuthRefusal(),
                caller ->
                        Awaited.by(request, bodies.read(request.request()), body -> introspect(request, body, caller)));
    }

    /** A refresh token that the caller is not to be told of is inactive: "not allowed to know about" it (RFC 7662, section 2.2). */
    private void introspect(RoutingContext request, Buffer body, Caller caller) {
        if (!ContentCoding.isReadable(request.request())) {
            ContentCoding.announceGzip(request);
            new OAuthError(415, "invalid_request", "Content-Encoding: expected gzip or none").send(request);
            return;
        }
        if (!isForm(request)) {
            OAuthError.invalidRequest("Content-Type: expected application/x-www-form-urlencoded")
                    .send(request);
            return;
        }
        Form form = Form.read(body.getBytes());
        Optional<String> token = form.only("token");
        if (token.isEmpty()) {
            OAuthError.invalidRequest("token: expected exactly one, as percent-encoded UTF-8")
                    .send(request);
            return;
        }
        Check.Kinds kinds = KindsTold.to(caller, form.only("token_type_hint"));
        Awaited.by(
                request,
                bus.check(new Check(token.get(), caller.realms(), kinds)),
                verdict -> answer(request, verdict),
                failure -> fail(request, failure));
    }

    private static void answer(RoutingContext request, Verdict verdict) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("active", verdict.token().isPresent());
        verdict.token().ifPresent(token -> describe(token, answer));
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(request, 200, answer);
    }

    private static void describe(Token token, ObjectNode answer) {
        TokenFacts.putScope(token, answer);
        TokenFacts.putClient(token, answer);
        String user = token.holder().user().value();
        answer.put("username", user);
        TokenFacts.putUse(token, answer);
        TokenFacts.putId(token, answer);
        answer.put("exp", token.expiresAt().getEpochSecond())
                .put("iat", token.facts().issuedAt().getEpochSecond())
                .put("sub", user)
                .put("realm_name", token.holder().realm().value());
    }

    /** What was refused before it came here: a body that is too large, or a request without a readable host. */
    private static void refuse(RoutingContext request) {
        int status = request.statusCode();
        if (request.failure() instanceof Problem problem) {
            fail(request, problem);
        } else if (status >= 400 && status < 500) {
            new OAuthError(status, "invalid_request", reason(request, status)).send(request);
        } else {
            request.next();
        }
    }

    private static String reason(RoutingContext request, int status) {
        return ProblemDetails.payload(request.failure())
                .orElseGet(() -> status == 400
                        ? HostRule.faultBeforeRoutes(request.request())
                        : "body: " + HttpResponseStatus.valueOf(status).reasonPhrase() + " (expected: a form)");
    }

    private static void fail(RoutingContext request, Throwable failure) {
        ProblemDetails problem = ProblemDetails.of(failure);
        boolean later = failure instanceof Problem && problem.status() == 503;
        new OAuthError(problem.status(), later ? "temporarily_unavailable" : "server_error", problem.detail())
                .send(request);
    }

    private static boolean isForm(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && FORM.matcher(type).matches();
    }
}
