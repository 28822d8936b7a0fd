package io.revoker.http.elastic;

import io.revoker.http.elastic.ElasticError.Cause;
import java.util.List;

/** The errors that depend on the caller and on the state of the service. */
final class SecurityErrors {
    static final String API_KEY = "ApiKey";
    static final String BASIC = "Basic realm=\"security\" charset=\"UTF-8\"";

    private static final String ACTION = "cluster:admin/xpack/security/token/invalidate";
    private static final String TYPE = "security_exception";

    private SecurityErrors() {}

    /** @param challenges one for each scheme that the service accepts */
    static ElasticError missingCredentials(String path, List<String> challenges) {
        return unauthenticated("missing authentication credentials for REST request [" + path + "]", challenges);
    }

    static ElasticError wrongPassword(String user, String path, List<String> challenges) {
        return unauthenticated(
                "unable to authenticate user [" + user + "] for REST request [" + path + "]", challenges);
    }

    static ElasticError unusableCredentials(List<String> challenges) {
        return unauthenticated(
                "unable to authenticate with provided credentials and anonymous access is not allowed for this request",
                challenges);
    }

    static ElasticError unauthorized(String user) {
        return forbidden("action [" + ACTION + "] is unauthorized for user [" + user + "]");
    }

    /** @param realms that were requested, in words */
    static ElasticError unauthorizedIn(String user, String realms) {
        return forbidden("action [" + ACTION + "] is unauthorized for user [" + user + "] in " + realms
                + ", its realms are limited");
    }

    static ElasticError unauthorizedRunAs(String user, String effectiveUser) {
        return forbidden(
                "action [" + ACTION + "] is unauthorized for user [" + user + "] run as [" + effectiveUser + "]");
    }

    static ElasticError forbidden(String reason) {
        return ElasticError.of(403, Cause.of(TYPE, reason));
    }

    /** @param reason why the store does not answer; shown as the root cause */
    static ElasticError unavailable(String reason) {
        Cause root = Cause.of("exception", reason);
        return ElasticError.of(
                503, Cause.of(TYPE, "unable to perform requested action").causedBy(root), root);
    }

    private static ElasticError unauthenticated(String reason, List<String> challenges) {
        return ElasticError.of(401, Cause.of(TYPE, reason)).withHeader("WWW-Authenticate", challenges);
    }
}
