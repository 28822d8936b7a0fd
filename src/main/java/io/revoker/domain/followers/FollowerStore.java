package io.revoker.domain.followers;

import io.revoker.domain.followers.FollowerRequests.Confirm;
import io.revoker.domain.followers.FollowerRequests.Confirmed;
import io.revoker.domain.followers.FollowerRequests.Find;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.FollowerRequests.Remove;
import io.revoker.domain.followers.FollowerRequests.Removed;
import io.vertx.core.Future;

/**
 * The followers that are known. Every method may be repeated, and fails with a {@link io.revoker.domain.Problem}. A
 * follower that confirms nothing for a while is forgotten, but not before its bound has passed.
 */
public interface FollowerStore {
    /** There are never more followers. */
    int MOST = 2000;

    int MOST_OF_CALLER = 1000;

    /** Notes what a follower has applied. A stamp that is older than one that it confirmed before changes nothing. */
    Future<Confirmed> confirm(Confirm confirmation);

    Future<Removed> remove(Remove request);

    Future<Found> find(Find request);
}
