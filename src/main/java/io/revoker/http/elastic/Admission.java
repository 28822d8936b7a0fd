package io.revoker.http.elastic;

import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Target;
import io.revoker.http.Gate;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Who may invalidate what, and how this wire says no. The two questions are asked apart: between them the request itself is checked. */
final class Admission {
    private static final List<String> CHALLENGES = List.of(SecurityFaults.API_KEY, SecurityFaults.BASIC);
    private static final String RUN_AS = "es-security-runas-user";

    private final Gate gate;

    Admission(Gate gate) {
        this.gate = gate;
    }

    /** By the head of the request; see {@link Gate#authenticate(RoutingContext, Privilege)}. Fails with an {@link ElasticFault} of status 401. */
    Future<Caller> authenticate(RoutingContext request) {
        return gate.authenticate(request, Privilege.INVALIDATE)
                .map(authentication -> caller(request.request().path(), authentication));
    }

    /** Nobody may act in another's name: there is no such privilege. */
    Target authorize(RoutingContext request, Caller caller, Target target) {
        String effective = request.request().getHeader(RUN_AS);
        if (effective != null && !effective.isBlank()) {
            throw SecurityFaults.unauthorizedRunAs(caller.id(), effective);
        }
        if (!gate.lets(caller, Privilege.INVALIDATE, target)) {
            throw caller.may(Privilege.INVALIDATE)
                    ? SecurityFaults.unauthorizedIn(caller.id(), realm(target))
                    : SecurityFaults.unauthorized(caller.id());
        }
        return target;
    }

    /** The one that the caller named. */
    private static String realm(Target target) {
        return target.match(
                one -> "",
                realm -> "realm [" + realm.realm().value() + "]",
                user -> "all realms",
                user -> "realm [" + user.holder().realm().value() + "]");
    }

    private static Caller caller(String path, Authentication authentication) {
        return authentication.match(
                Authentication.Authenticated::caller,
                missing -> refuse(SecurityFaults.missingCredentials(path, CHALLENGES)),
                rejected -> refuse(SecurityFaults.wrongPassword(rejected.id(), path, CHALLENGES)),
                unusable -> refuse(SecurityFaults.unusableCredentials(CHALLENGES)));
    }

    private static Caller refuse(ElasticFault fault) {
        throw fault;
    }
}
