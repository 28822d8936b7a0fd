package io.revoker.bus;

import io.revoker.domain.followers.FollowerRequests.Confirm;
import io.revoker.domain.followers.FollowerRequests.Confirmed;
import io.revoker.domain.followers.FollowerRequests.Find;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.FollowerRequests.Remove;
import io.revoker.domain.followers.FollowerRequests.Removed;
import io.vertx.core.Future;

/** The sending end of the contract for followers. Every failure is a {@link io.revoker.domain.Problem}. */
public record FollowerBus(RevokerBus bus) {
    public Future<Confirmed> confirm(Confirm request) {
        return bus.askNearest(Addresses.CONFIRM, request);
    }

    public Future<Found> find(Find request) {
        return bus.askNearest(Addresses.FIND_FOLLOWERS, request);
    }

    public Future<Removed> remove(Remove request) {
        return bus.askNearest(Addresses.REMOVE_FOLLOWER, request);
    }
}
