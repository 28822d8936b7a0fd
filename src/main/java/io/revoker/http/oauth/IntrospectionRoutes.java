package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.RealmId;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.Json;
import io.revoker.http.Routes;
import io.revoker.http.TokenFacts;
import io.revoker.http.VisibleKinds;
import io.revoker.http.oauth.FormEndpoint.TokenForm;
import io.revoker.http.oauth.OAuthError.OAuthAccessDenied;
import io.revoker.http.oauth.SignedIntrospection.Form;
import io.revoker.http.single.ActiveClaims;
import io.revoker.http.single.MinStamp;
import io.revoker.http.single.TokenChecks;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code POST /oauth2/introspect}: token introspection,
 * <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662</a>; also with signed answers.
 */
public final class IntrospectionRoutes implements Routes {
    static final String PATH = "/oauth2/introspect";

    private final TokenChecks checks;
    private final FormEndpoint endpoint;
    private final SignedIntrospection signed;
    private final MinStamp minStamp;
    private final InstantSource time;
    private final Function<String, Optional<RealmId>> issuers;

    /** @param issuers finds the realm that has an issuer */
    public IntrospectionRoutes(
            TokenChecks checks,
            FormClients clients,
            SignedIntrospection signed,
            MinStamp minStamp,
            Function<String, Optional<RealmId>> issuers) {
        this.issuers = issuers;
        this.minStamp = minStamp;
        this.checks = checks;
        this.signed = signed;
        this.time = signed.time();
        this.endpoint = new FormEndpoint(
                PATH,
                new Gate.Door(Privilege.CHECK, new OAuthAccessDenied("insufficient_scope", Privilege.CHECK)),
                clients);
    }

    @Override
    public void mount(Router router) {
        endpoint.mount(router, this::introspect);
    }

    /**
     * A refresh token that the caller may not see is inactive: "not allowed to know about" it (RFC 7662, section 2.2).
     */
    private void introspect(RoutingContext request, TokenForm form, Caller caller) {
        Form wanted = signed.form(request, caller);
        if (wanted == Form.NONE) {
            new OAuthError(406, "invalid_request", "Accept: no signed answers here (expected: application/json)")
                    .send(request);
            return;
        }
        AsyncAnswer.by(
                request,
                minStamp.await(request.request().headers())
                        .compose(read ->
                                checks.check(form.token(), caller.realms(), VisibleKinds.to(caller, form.hint())))
                        .map(verdict -> described(verdict, form.token()))
                        .compose(answer -> wanted == Form.JSON
                                ? Future.succeededFuture(Json.write(answer))
                                : signed.sign(answer, caller).map(jwt -> jwt.getBytes(StandardCharsets.US_ASCII))),
                body -> answer(request, wanted, body),
                failure -> OAuthError.of(failure).send(request));
    }

    private static void answer(RoutingContext request, Form form, byte[] body) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.send(
                request,
                200,
                form == Form.JSON ? "application/json; charset=UTF-8" : SignedIntrospection.TYPE,
                Buffer.buffer(body));
    }

    private ObjectNode described(Verdict verdict, String shown) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("active", verdict.token().isPresent());
        verdict.token().ifPresent(token -> {
            describe(token, answer);
            describe(ActiveClaims.of(shown), token, answer);
        });
        return answer;
    }

    private void describe(Token token, ObjectNode answer) {
        TokenFacts.putScope(token, answer);
        TokenFacts.putClient(token, answer);
        TokenFacts.putSession(token, answer);
        String user = token.holder().user().value();
        answer.put("username", user);
        TokenFacts.putUse(token, answer);
        TokenFacts.putId(token, answer);
        answer.put("exp", token.expiresAt().getEpochSecond())
                .put("iat", notToCome(token.facts().issuedAt().getEpochSecond()))
                .put("sub", user)
                .put("realm_name", token.holder().realm().value());
    }

    private void describe(ActiveClaims claims, Token token, ObjectNode answer) {
        claims.issuer()
                .filter(issuer -> hasNamed(issuer, claims, token))
                .ifPresent(issuer -> answer.put("iss", issuer));
        if (!claims.audience().isEmpty()) {
            ArrayNode audience = answer.putArray("aud");
            claims.audience().forEach(audience::add);
        }
        claims.notBefore().ifPresent(time -> answer.put("nbf", notToCome(time)));
    }

    /**
     * Whether that issuer has named the token's user. A JWT of the issuer of a realm is active only if its signature
     * was verified; nothing has verified what others say.
     */
    private boolean hasNamed(String issuer, ActiveClaims claims, Token token) {
        return issuers.apply(issuer).equals(Optional.of(token.holder().realm()))
                && claims.subject().equals(Optional.of(token.holder().user().value()));
    }

    /** A clock that set it may be ahead of this one. Some clients take a token that begins later for one that ended. */
    private long notToCome(long second) {
        return Math.min(second, time.instant().getEpochSecond());
    }
}
