package io.revoker.revocation.count;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.RealmGrants;
import io.revoker.domain.store.RealmGrants.Extent;
import io.revoker.domain.store.RealmGrants.OfUser;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists live grants of a realm: reads some of its users at a time, each step in a turn of its own, until there are
 * enough grants, or it has looked at many users, or for long.
 */
final class RealmListing {
    private static final int TOGETHER = 16;
    private static final int MOST_USERS = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final TokenStore store;
    private final LiveGrants grants;
    private final Context context;

    /** On the event loop of the context. */
    RealmListing(TokenStore store, LiveGrants grants, Context context) {
        this.store = store;
        this.grants = grants;
        this.context = context;
    }

    /** None of a realm that the caller may not see. */
    Future<RealmGrants> list(RealmGrants.Find request) {
        if (!request.scope().covers(request.realm())) {
            return Future.succeededFuture(new RealmGrants(List.of(), List.of(), Extent.ALL));
        }
        Run run = new Run(request.realm());
        run.step();
        return run.end.future();
    }

    /** A holder, and where its next page begins. */
    private record Place(UserInRealm holder, String from) {}

    private final class Run {
        private final RealmId realm;
        private final long begun = System.nanoTime();
        private final Promise<RealmGrants> end = Promise.promise();
        private final Deque<Place> places = new ArrayDeque<>();
        private final Set<UserName> seen = new HashSet<>();
        private final List<OfUser> found = new ArrayList<>();
        private final List<String> errors = new ArrayList<>();
        private Optional<Cursor> next = Optional.of(Cursor.START);

        Run(RealmId realm) {
            this.realm = realm;
        }

        private void step() {
            if (places.isEmpty() && next.isEmpty()) {
                finish(found.size() > RealmGrants.MOST ? Extent.SOME : Extent.ALL);
            } else if (isEnough()) {
                finish(Extent.SOME);
            } else {
                (places.isEmpty() ? page() : some())
                        .onSuccess(done -> context.runOnContext(turn -> step()))
                        .onFailure(end::fail);
            }
        }

        private boolean isEnough() {
            return found.size() >= RealmGrants.MOST
                    || seen.size() >= MOST_USERS
                    || System.nanoTime() - begun > LONGEST.toNanos();
        }

        private void finish(Extent extent) {
            end.complete(new RealmGrants(found.subList(0, Math.min(found.size(), RealmGrants.MOST)), errors, extent));
        }

        private Future<Page> page() {
            return store.page(new Target.OfRealm(realm), next.orElse(Cursor.START))
                    .onSuccess(page -> {
                        next = page.next();
                        page.holders().stream()
                                .filter(holder -> seen.add(holder.user()))
                                .forEach(holder -> places.add(new Place(holder, "")));
                    });
        }

        private Future<?> some() {
            List<Future<?>> asked = new ArrayList<>();
            while (asked.size() < TOGETHER && !places.isEmpty()) {
                Place place = places.remove();
                asked.add(grants.of(place.holder(), place.from()).onSuccess(page -> add(place.holder(), page)));
            }
            return Future.join(asked);
        }

        private void add(UserInRealm holder, HeldGrants page) {
            page.grants().forEach(grant -> found.add(new OfUser(holder.user(), grant)));
            page.errors().stream().limit(RealmGrants.MOST - errors.size()).forEach(errors::add);
            page.next().ifPresent(from -> places.addFirst(new Place(holder, from)));
        }
    }
}
