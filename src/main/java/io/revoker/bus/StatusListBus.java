package io.revoker.bus;

import io.revoker.domain.statuslists.StatusRequests.Allocate;
import io.revoker.domain.statuslists.StatusRequests.Allocated;
import io.revoker.domain.statuslists.StatusRequests.Attach;
import io.revoker.domain.statuslists.StatusRequests.Attached;
import io.revoker.domain.statuslists.StatusRequests.Begin;
import io.revoker.domain.statuslists.StatusRequests.Begun;
import io.revoker.domain.statuslists.StatusRequests.Find;
import io.revoker.domain.statuslists.StatusRequests.Found;
import io.revoker.domain.statuslists.StatusRequests.Read;
import io.revoker.domain.statuslists.StatusRequests.Statuses;
import io.vertx.core.Future;

/** The sending end of the contract for status lists. Every failure is a {@link io.revoker.domain.Problem}. */
public record StatusListBus(RevokerBus bus) {
    public Future<Allocated> allocate(Allocate request) {
        return bus.askNearest(Addresses.ALLOCATE_STATUS, request);
    }

    public Future<Attached> attach(Attach request) {
        return bus.askNearest(Addresses.ATTACH_STATUS, request);
    }

    public Future<Found> find(Find request) {
        return bus.askNearest(Addresses.FIND_STATUS_LISTS, request);
    }

    public Future<Begun> begin(Begin request) {
        return bus.askNearest(Addresses.BEGIN_STATUSES, request);
    }

    public Future<Statuses> read(Read request) {
        return bus.askNearest(Addresses.READ_STATUSES, request);
    }
}
