package io.revoker.revocation.count;

import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.RealmGrants;
import io.revoker.domain.store.RealmGrants.Extent;
import io.revoker.domain.store.RealmGrants.OfUser;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists live grants of a realm: looks at its users until it has enough grants, or has looked at many, or for long. */
final class RealmListing {
    private static final int TOGETHER = 16;

    /** Grants of a page of a user, until it is known how many the users have. */
    private static final int OF_A_PAGE = 100;

    private final TokenStore store;
    private final LiveGrants grants;
    private final Context context;
    private final InstantSource time;
    private final Settings settings;

    /** On the event loop of the context. */
    RealmListing(TokenStore store, LiveGrants grants, Context context, InstantSource time, Settings settings) {
        this.store = store;
        this.grants = grants;
        this.context = context;
        this.time = time;
        this.settings = settings;
    }

    /**
     * How much one listing looks at.
     *
     * @param mostGrants that it has
     * @param mostUsers that it looks at
     * @param places where it needs one
     */
    record Settings(int mostGrants, int mostUsers, HolderPlaces places) {
        static Settings usual(HolderPlaces places) {
            return new Settings(RealmGrants.MOST, RealmGrants.MOST_USERS, places);
        }
    }

    /** None of a realm that the caller may not see. */
    Future<RealmGrants> list(RealmGrants.Find request) {
        if (!request.scope().covers(request.realm())) {
            return Future.succeededFuture(new RealmGrants(List.of(), List.of(), Extent.ALL));
        }
        Run run = new Run(time.instant().plus(request.longest()));
        return new HolderWalk(store, context, new Target.OfRealm(request.realm()), settings.places(), run)
                .run()
                .map(run::found);
    }

    private final class Run implements HolderWalk.Visitor {
        private final Instant last;
        private final List<OfUser> found = new ArrayList<>();
        private final List<String> errors = new ArrayList<>();
        private int users;
        private int largestPage;

        Run(Instant last) {
            this.last = last;
        }

        /** With one grant more than it may have, it knows that these are not all. */
        @Override
        public boolean hasEnough() {
            return found.size() > settings.mostGrants()
                    || users >= settings.mostUsers()
                    || time.instant().isAfter(last);
        }

        /** Each grant that is read costs a call, so not many more are read than are missing. */
        @Override
        public int together() {
            int ofAPage = users == 0 ? OF_A_PAGE : Math.max(1, largestPage);
            int missing = (settings.mostGrants() - found.size()) / ofAPage;
            return Math.max(1, Math.min(TOGETHER, Math.min(missing, settings.mostUsers() - users)));
        }

        @Override
        public Future<Optional<String>> visit(UserInRealm holder, String from) {
            users += from.isEmpty() ? 1 : 0;
            return grants.of(holder, from).map(page -> {
                add(holder, page);
                return page.next();
            });
        }

        private void add(UserInRealm holder, HeldGrants page) {
            largestPage = Math.max(largestPage, page.grants().size());
            page.grants().forEach(grant -> found.add(new OfUser(holder.user(), grant)));
            page.errors().stream().limit(RealmGrants.MOST - errors.size()).forEach(errors::add);
        }

        private RealmGrants found(HolderWalk.End end) {
            boolean isAll = end == HolderWalk.End.ALL && found.size() <= settings.mostGrants();
            return new RealmGrants(
                    found.subList(0, Math.min(found.size(), settings.mostGrants())),
                    errors,
                    isAll ? Extent.ALL : Extent.SOME);
        }
    }
}
