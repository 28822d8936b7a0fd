package io.revoker.http.elastic;

import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Target;
import io.revoker.http.Gate;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Authentication and authorization for this wire format. They are two steps: between them the request itself is
 * checked.
 */
final class InvalidateAccess {
    private static final List<String> CHALLENGES = List.of(SecurityErrors.API_KEY, SecurityErrors.BASIC);
    private static final String RUN_AS = "es-security-runas-user";

    private final Gate gate;

    InvalidateAccess(Gate gate) {
        this.gate = gate;
    }

    /**
     * Authenticates the caller by the head of the request; see {@link Gate#authenticate(RoutingContext, Privilege)}.
     * Fails with an {@link ElasticError} of status 401.
     */
    Future<Caller> authenticate(RoutingContext request) {
        return gate.authenticate(request, Privilege.INVALIDATE)
                .map(authentication -> caller(request.request().path(), authentication));
    }

    /** Refuses to run as another user: there is no such privilege. */
    Target authorize(RoutingContext request, Caller caller, Target target) {
        String effective = request.request().getHeader(RUN_AS);
        if (effective != null && !effective.isBlank()) {
            throw SecurityErrors.unauthorizedRunAs(caller.id(), effective);
        }
        if (!gate.lets(caller, Privilege.INVALIDATE, target)) {
            throw caller.may(Privilege.INVALIDATE)
                    ? SecurityErrors.unauthorizedIn(caller.id(), realm(target))
                    : SecurityErrors.unauthorized(caller.id());
        }
        return target;
    }

    /** The realm that the caller named, in words. */
    private static String realm(Target target) {
        return target.match(
                one -> "",
                realm -> "realm [" + realm.realm().value() + "]",
                user -> "all realms",
                user -> "realm [" + user.holder().realm().value() + "]",
                all -> "all realms");
    }

    private static Caller caller(String path, Authentication authentication) {
        return authentication.match(
                Authentication.Authenticated::caller,
                missing -> refuse(SecurityErrors.missingCredentials(path, CHALLENGES)),
                rejected -> refuse(SecurityErrors.wrongPassword(rejected.id(), path, CHALLENGES)),
                unusable -> refuse(SecurityErrors.unusableCredentials(CHALLENGES)));
    }

    private static Caller refuse(ElasticError error) {
        throw error;
    }
}
