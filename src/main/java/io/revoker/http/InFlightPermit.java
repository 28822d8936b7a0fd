package io.revoker.http;

import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/**
 * The place of one request among those in flight, from when its caller is known until it has ended. A stranger gets
 * none: otherwise strangers could fill the service with bodies that never arrive. A client that has disconnected
 * before it is known gets none either: its end would not be noticed.
 */
final class InFlightPermit {
    private final InFlightLimit inFlight;
    private boolean ended;
    private boolean taken;

    InFlightPermit(RoutingContext request, InFlightLimit inFlight) {
        this.inFlight = inFlight;
        request.addEndHandler(end -> leave());
    }

    /**
     * Fails with a {@link io.revoker.domain.Problem} if there is no room. There is more room to revoke, for callers
     * that may.
     */
    Future<Caller> take(Caller caller, Privilege purpose) {
        boolean revokes = purpose == Privilege.INVALIDATE && caller.may(purpose);
        taken = !ended && (revokes ? inFlight.enterToRevoke() : inFlight.enter());
        return taken ? Future.succeededFuture(caller) : Future.failedFuture(inFlight.noRoom());
    }

    private void leave() {
        ended = true;
        if (taken) {
            inFlight.leave();
        }
    }
}
