package io.revoker.testing;

import io.revoker.domain.Stamp;
import io.revoker.domain.followers.FollowerRequests.Confirm;
import io.revoker.domain.followers.FollowerRequests.Confirmed;
import io.revoker.domain.followers.FollowerRequests.Find;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.FollowerRequests.Outcome;
import io.revoker.domain.followers.FollowerRequests.Remove;
import io.revoker.domain.followers.FollowerRequests.Removed;
import io.revoker.domain.followers.FollowerStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** A store that has no followers, and takes none. */
final class NoFollowers implements FollowerStore {
    @Override
    public Future<Confirmed> confirm(Confirm confirmation) {
        return Future.succeededFuture(new Confirmed(Outcome.TOO_MANY, Stamp.NONE, Instant.EPOCH));
    }

    @Override
    public Future<Removed> remove(Remove request) {
        return Future.succeededFuture(new Removed(false));
    }

    @Override
    public Future<Found> find(Find request) {
        return Future.succeededFuture(new Found(Stamp.NONE, Instant.EPOCH, List.of()));
    }
}
