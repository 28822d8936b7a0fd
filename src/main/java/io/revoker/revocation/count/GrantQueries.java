package io.revoker.revocation.count;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.FindGrants;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.ListedGrants.OfHolder;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Answers who looks at the live grants of a user, of a realm, or of a user in a realm. Used by one event loop. */
public final class GrantQueries {
    private final LiveGrants grants;
    private final TargetListing listing;

    public GrantQueries(TokenStore store, Marks marks, Context context, InstantSource time, SharedPlaces places) {
        this.grants = new LiveGrants(store, marks);
        this.listing = new TargetListing(store, grants, context, time, ListingWalk.Settings.usual(places.listings()));
    }

    /** Adds its addresses. */
    public BusEndpoint serve(BusEndpoint endpoint) {
        return endpoint.<FindGrants, HeldGrants>serve(Addresses.FIND_GRANTS, this::find)
                .<ListedGrants.Find, ListedGrants>serve(Addresses.LIST_GRANTS, listing::list);
    }

    private Future<HeldGrants> find(FindGrants request) {
        return request.scope().covers(request.holder().realm())
                ? page(request.holder(), request.from())
                : Future.succeededFuture(new HeldGrants(List.of(), List.of(), Optional.empty()));
    }

    private Future<HeldGrants> page(UserInRealm holder, String after) {
        Target listed = new Target.OfUserInRealm(holder);
        Holding all = Holding.of(holder);
        return Future.succeededFuture(after)
                .map(text -> ListingPosition.parse(text, listed).from(all))
                .compose(from -> grants.of(all, from))
                .map(page -> new HeldGrants(
                        page.grants().stream().map(OfHolder::grant).toList(),
                        page.errors(),
                        page.next()
                                .map(from -> ListingPosition.behind("")
                                        .within(all, from)
                                        .text(listed))));
    }
}
