package io.revoker.http;

import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/**
 * The place of one request among those in flight: from when its caller is known until it has ended. A stranger has none, or anybody could fill the service with
 * bodies that never come. A client that has gone by the time it is known gets none either: nobody would tell that it has ended.
 */
final class Place {
    private final Traffic traffic;
    private boolean ended;
    private boolean taken;

    Place(RoutingContext request, Traffic traffic) {
        this.traffic = traffic;
        request.addEndHandler(end -> leave());
    }

    /** Fails with a {@link io.revoker.domain.Problem} if there is no room; there is more to revoke, for callers who may. */
    Future<Caller> take(Caller caller, Privilege purpose) {
        boolean revokes = purpose == Privilege.INVALIDATE && caller.may(purpose);
        taken = !ended && (revokes ? traffic.enterToRevoke() : traffic.enter());
        return taken ? Future.succeededFuture(caller) : Future.failedFuture(traffic.noRoom());
    }

    private void leave() {
        ended = true;
        if (taken) {
            traffic.leave();
        }
    }
}
