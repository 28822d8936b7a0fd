package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.http.Answer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** An error answer of RFC 6749, section 5.2. */
record OAuthError(int status, String error, String description) {
    static OAuthError invalidRequest(String description) {
        return new OAuthError(400, "invalid_request", description);
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
}
