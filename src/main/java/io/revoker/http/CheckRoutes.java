package io.revoker.http;

import io.revoker.bus.Check;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Authentication;
import io.revoker.caller.Privilege;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.Verdict;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code ANY /v1/check}, and everything below it: whether the bearer token of a request is active, for gateways that forward the request's head
 * (nginx auth_request, Envoy ext_authz, Traefik ForwardAuth and their like). The body, the query and the rest of the path are the guarded service's
 * affair and are ignored.
 *
 * <p>Answers 200, 401, 403 or 503, because a gateway understands nothing else, and never 5xx for a token that is known to be invalid: some gateways
 * let a request through when the check fails. The gateway's own credentials come in {@code Revoker-Authorization}; the Authorization header holds
 * the token.
 */
public final class CheckRoutes implements Routes {
    private static final String PATH = "/v1/check";
    private static final String GATEWAY = "Revoker-Authorization";
    private static final CharSequence SUBJECT = HttpHeaders.createOptimized("X-Auth-Subject");
    private static final CharSequence REALM = HttpHeaders.createOptimized("X-Auth-Realm");
    private static final CharSequence EXPIRY = HttpHeaders.createOptimized("X-Auth-Exp");
    private static final String NO_TOKEN = "Bearer";
    private static final String REVOKED = "Bearer error=\"invalid_token\", error_description=\"revoked\"";
    private static final String UNKNOWN = "Bearer error=\"invalid_token\", error_description=\"unknown or expired\"";

    private final RevokerBus bus;
    private final Gate gate;
    private final String allowed;

    /** @param maxAge how long a gateway may keep an allowing answer */
    public CheckRoutes(RevokerBus bus, Gate gate, Duration maxAge) {
        this.bus = bus;
        this.gate = gate;
        this.allowed = maxAge.isZero() ? "no-store" : "private, max-age=" + maxAge.toSeconds();
    }

    @Override
    public void mount(Router router) {
        router.route().setName(PATH + "/*").handler(request -> {
            if (isCheck(request.request().path())) {
                check(request);
            } else {
                request.next();
            }
        });
    }

    /**
     * By the path as it was sent. The router would take "/v1/check/../.." for "/", whose answer is 200: whoever can choose the path behind a
     * gateway's prefix would be let in.
     */
    private static boolean isCheck(String path) {
        return path.equals(PATH) || path.startsWith(PATH + '/');
    }

    private void check(RoutingContext request) {
        gate.authenticate(request.request().headers().getAll(GATEWAY))
                .onSuccess(authentication -> {
                    if (authentication instanceof Authentication.Authenticated known
                            && known.caller().may(Privilege.CHECK)) {
                        check(request, known.caller().realms());
                    } else {
                        refuse(request, 403, Optional.empty());
                    }
                })
                .onFailure(failure -> refuse(request, 503, Optional.empty()));
    }

    private void check(RoutingContext request, RealmScope scope) {
        Optional<String> token = bearer(request.request().headers());
        if (token.isEmpty()) {
            refuse(request, 401, Optional.of(NO_TOKEN));
            return;
        }
        Future<Verdict> verdict = bus.check(new Check(TokenId.of(token.get()), scope));
        verdict.onSuccess(answer -> answer(request, answer))
                .onFailure(failure -> refuse(request, 503, Optional.empty()));
    }

    private void answer(RoutingContext request, Verdict verdict) {
        switch (verdict.status()) {
            case ACTIVE -> allow(request, verdict.token().orElseThrow());
            case INVALIDATED -> refuse(request, 401, Optional.of(REVOKED));
            case UNKNOWN -> refuse(request, 401, Optional.of(UNKNOWN));
        }
    }

    /** What the guarded service may want to know of the token. */
    private void allow(RoutingContext request, Token token) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CACHE_CONTROL, allowed)
                .putHeader(SUBJECT, HeaderText.of(token.holder().user().value()))
                .putHeader(REALM, HeaderText.of(token.holder().realm().value()))
                .putHeader(EXPIRY, Long.toString(token.expiresAt().getEpochSecond()));
        if (!token.facts().clientId().isEmpty()) {
            response.putHeader("X-Auth-Client", HeaderText.of(token.facts().clientId()));
        }
        if (!token.facts().scope().isEmpty()) {
            response.putHeader("X-Auth-Scope", HeaderText.of(token.facts().scope()));
        }
        Answer.empty(request, 200);
    }

    private static void refuse(RoutingContext request, int status, Optional<String> challenge) {
        HttpServerResponse response = request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        challenge.ifPresent(text -> response.putHeader("WWW-Authenticate", text));
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        Answer.empty(request, status);
    }

    /** The token of the one Authorization header (RFC 6750, section 2.1). */
    private static Optional<String> bearer(MultiMap headers) {
        List<String> values = headers.getAll(HttpHeaders.AUTHORIZATION);
        if (values.size() != 1 || !values.get(0).regionMatches(/* ignoreCase= */ true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        String token = values.get(0).substring(7).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }
}
