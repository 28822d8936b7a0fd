package io.revoker.http;

import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.vertx.ext.web.RoutingContext;

/** Refuses with problem details (RFC 9457). */
public final class ProblemAccessDenied implements Gate.AccessDenied {
    static final String CHALLENGE = "Basic realm=\"revoker\", charset=\"UTF-8\"";

    /** By which no browser asks for a name and a password. */
    private static final String SESSION = "Session realm=\"revoker\"";

    @Override
    public void unauthenticated(RoutingContext request, Authentication authentication) {
        if (SessionCaller.of(request).isPresent()) {
            request.response().putHeader("WWW-Authenticate", SESSION);
            new ProblemDetails(401, "session: none, or ended (expected: log in)").send(request);
            return;
        }
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
