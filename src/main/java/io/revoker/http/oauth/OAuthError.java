package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.http.Answer;
import io.revoker.http.Gate;
import io.revoker.http.ProblemDetails;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** An error answer of RFC 6749, section 5.2. */
record OAuthError(int status, String error, String description) {
    static OAuthError invalidRequest(String description) {
        return new OAuthError(400, "invalid_request", description);
    }

    /** Why a request could not be done. */
    static OAuthError of(Throwable failure) {
        ProblemDetails problem = ProblemDetails.of(failure);
        if (!(failure instanceof Problem)) {
            return new OAuthError(problem.status(), "server_error", problem.detail());
        }
        String error = switch (problem.status()) {
            case 400 -> "invalid_request";
            case 503 -> "temporarily_unavailable";
            default -> "server_error";
        };
        return new OAuthError(problem.status(), error, problem.detail());
    }

    void send(RoutingContext request) {
        if (status == 503) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(
                request,
                status,
                JsonNodeFactory.instance.objectNode().put("error", error).put("error_description", description));
    }

    /**
     * Refuses with the error codes of OAuth: {@code invalid_client} (RFC 6749, section 5.2) if the caller is not
     * known.
     *
     * @param error if it lacks the privilege
     */
    record OAuthAccessDenied(String error, Privilege privilege) implements Gate.AccessDenied {
        private static final String CHALLENGE = "Basic realm=\"revoker\", charset=\"UTF-8\"";

        @Override
        public void unauthenticated(RoutingContext request, Authentication authentication) {
            request.response().putHeader("WWW-Authenticate", CHALLENGE);
            new OAuthError(401, "invalid_client", "client authentication failed").send(request);
        }

        @Override
        public void unauthorized(RoutingContext request, Caller caller) {
            new OAuthError(403, error, "the client lacks the privilege " + privilege.wireName()).send(request);
        }
    }
}
