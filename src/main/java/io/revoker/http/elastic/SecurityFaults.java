package io.revoker.http.elastic;

import io.revoker.http.elastic.ElasticFault.Cause;
import java.util.List;

/** The refusals that depend on who asks and on the state of the service. */
final class SecurityFaults {
    static final String API_KEY = "ApiKey";
    static final String BASIC = "Basic realm=\"security\" charset=\"UTF-8\"";

    private static final String ACTION = "cluster:admin/xpack/security/token/invalidate";
    private static final String TYPE = "security_exception";

    private SecurityFaults() {}

    /** @param challenges one for each scheme that the service accepts */
    static ElasticFault missingCredentials(String path, List<String> challenges) {
        return unauthenticated("missing authentication credentials for REST request [" + path + "]", challenges);
    }

    static ElasticFault wrongPassword(String user, String path, List<String> challenges) {
        return unauthenticated(
                "unable to authenticate user [" + user + "] for REST request [" + path + "]", challenges);
    }

    static ElasticFault unusableCredentials(List<String> challenges) {
        return unauthenticated(
                "unable to authenticate with provided credentials and anonymous access is not allowed for this request",
                challenges);
    }

    static ElasticFault unauthorized(String user) {
        return forbidden("action [" + ACTION + "] is unauthorized for user [" + user + "]");
    }

    /** @param realms that were asked for, in words */
    static ElasticFault unauthorizedIn(String user, String realms) {
        return forbidden("action [" + ACTION + "] is unauthorized for user [" + user + "] in " + realms
                + ", its realms are limited");
    }

    static ElasticFault unauthorizedRunAs(String user, String effectiveUser) {
        return forbidden(
                "action [" + ACTION + "] is unauthorized for user [" + user + "] run as [" + effectiveUser + "]");
    }

    static ElasticFault forbidden(String reason) {
        return ElasticFault.of(403, Cause.of(TYPE, reason));
    }

    /** @param reason why the store can't be asked; shown as the root cause */
    static ElasticFault unavailable(String reason) {
        Cause root = Cause.of("exception", reason);
        return ElasticFault.of(
                503, Cause.of(TYPE, "unable to perform requested action").causedBy(root), root);
    }

    private static ElasticFault unauthenticated(String reason, List<String> challenges) {
        return ElasticFault.of(401, Cause.of(TYPE, reason)).withHeader("WWW-Authenticate", challenges);
    }
}
