package io.revoker.http.oauth;

import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.http.Gate;
import io.vertx.ext.web.RoutingContext;

/** Says no in the words of OAuth: {@code invalid_client} (RFC 6749, section 5.2), {@code insufficient_scope} (RFC 6750, section 3.1). */
final class OAuthRefusal implements Gate.Refusal {
    private static final String CHALLENGE = "Basic realm=\"revoker\", charset=\"UTF-8\"";

    @Override
    public void unauthenticated(RoutingContext request, Authentication authentication) {
        request.response().putHeader("WWW-Authenticate", CHALLENGE);
        new OAuthError(401, "invalid_client", "client authentication failed").send(request);
    }

    @Override
    public void unauthorized(RoutingContext request, Caller caller) {
        new OAuthError(403, "insufficient_scope", "the client lacks the privilege check").send(request);
    }
}
