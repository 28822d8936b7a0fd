package io.revoker.http;

import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.vertx.ext.web.RoutingContext;

/** Refuses with problem details (RFC 9457). */
public final class ProblemAccessDenied implements Gate.AccessDenied {
    static final String CHALLENGE = "Basic realm=\"revoker\", charset=\"UTF-8\"";

    @Override
    public void unauthenticated(RoutingContext request, Authentication authentication) {
        request.response().putHeader("WWW-Authenticate", CHALLENGE);
        String detail = authentication.match(
                fine -> "",
                missing -> "Authorization: missing (expected: Basic or ApiKey credentials)",
                rejected -> "Authorization: unknown client or wrong secret",
                unusable -> "Authorization: can't be read (expected: Basic or ApiKey credentials)");
        new ProblemDetails(401, detail).send(request);
    }

    @Override
    public void unauthorized(RoutingContext request, Caller caller) {
        new ProblemDetails(403, "client " + caller.id() + ": lacks the privilege for this").send(request);
    }
}
