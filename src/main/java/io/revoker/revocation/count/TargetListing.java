package io.revoker.revocation.count;

import io.revoker.domain.Problem;
import io.revoker.domain.Target;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lists the live grants of a realm, or of a user in every realm, a page at a time. */
final class TargetListing {
    private final TokenStore store;
    private final LiveGrants grants;
    private final Context context;
    private final InstantSource time;
    private final ListingWalk.Settings settings;

    /** On the event loop of the context. */
    TargetListing(
            TokenStore store, LiveGrants grants, Context context, InstantSource time, ListingWalk.Settings settings) {
        this.store = store;
        this.grants = grants;
        this.context = context;
        this.time = time;
        this.settings = settings;
    }

    /**
     * A realm that the caller may not see has none. A user in every realm is refused to a caller of some realms, as a
     * revocation is.
     */
    Future<ListedGrants> list(ListedGrants.Find request) {
        Target target = request.target();
        if (target instanceof Target.OfRealm || target instanceof Target.OfUser) {
            return request.scope().covers(target)
                    ? Future.succeededFuture(request.after())
                            .map(after -> ListingPosition.parse(after, target))
                            .compose(from -> walk(request, from))
                    : outside(target);
        }
        return Future.failedFuture(Problem.invalid("target: " + target.label() + " (expected: a realm, or a user)"));
    }

    private static Future<ListedGrants> outside(Target target) {
        return target instanceof Target.OfRealm
                ? Future.succeededFuture(new ListedGrants(List.of(), List.of(), Optional.empty()))
                : Future.failedFuture(
                        Problem.forbidden("realm_name: missing (expected: one of the realms of the client)"));
    }

    private Future<ListedGrants> walk(ListedGrants.Find request, ListingPosition from) {
        ListingWalk.Extent extent =
                new ListingWalk.Extent(settings, time, time.instant().plus(request.longest()));
        return new ListingWalk(store, grants, context, request.target(), extent).run(from);
    }
}
