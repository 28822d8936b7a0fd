package io.revoker.revocation.count;

import io.revoker.domain.Target;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.Holding.Listed;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.ListedGrants.OfHolder;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one page of a listing: the grants of holding after holding, in the order of the store, until there are enough,
 * or it has looked at many of them, or for long. Some are read at a time, each time in a turn of its own; what was read
 * is listed in the order of the holdings, so that the next page goes on behind what was listed last.
 */
final class ListingWalk {
    private static final int TOGETHER = 16;

    /** Grants of a page of a holding, until it is known how many they have. */
    private static final int OF_A_PAGE = 100;

    private final TokenStore store;
    private final LiveGrants grants;
    private final Context context;
    private final Target target;
    private final Extent extent;
    private final Promise<ListedGrants> end = Promise.promise();
    private final HolderPlaces.Walker walker;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Set<Holding> seen = new HashSet<>();
    private final List<OfHolder> found = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private ListingPosition begun = ListingPosition.behind("");
    private ListingPosition reached = begun;
    private Optional<String> next = Optional.empty();
    private int holders;
    private int largestPage;

    /** On the event loop of the context. */
    ListingWalk(TokenStore store, LiveGrants grants, Context context, Target target, Extent extent) {
        this.store = store;
        this.grants = grants;
        this.context = context;
        this.target = target;
        this.extent = extent;
        this.walker = extent.settings().allowed().walker(end.future());
    }

    /**
     * How much one page looks at.
     *
     * @param mostGrants that it has
     * @param mostHolders that it looks at
     * @param allowed where it needs a place
     */
    record Settings(int mostGrants, int mostHolders, HolderPlaces allowed) {
        static Settings usual(HolderPlaces allowed) {
            return new Settings(ListedGrants.MOST, ListedGrants.MOST_HOLDERS, allowed);
        }
    }

    /**
     * The same, and how long it looks.
     *
     * @param last when it ends
     */
    record Extent(Settings settings, InstantSource time, Instant last) {
        private boolean isReached(int holders) {
            return holders >= settings.mostHolders() || time.instant().isAfter(last);
        }
    }

    /**
     * A part of a holding.
     *
     * @param page once it was read
     */
    private record Part(Listed listed, String from, Optional<ListedGrants> page) {
        Holding holding() {
            return listed.holding();
        }
    }

    /** Call it once. */
    Future<ListedGrants> run(ListingPosition from) {
        begun = from;
        reached = from;
        next = Optional.of(from.holders());
        step();
        return end.future();
    }

    private void step() {
        while (fits()) {
            take(parts.remove());
        }
        if (parts.isEmpty() && next.isEmpty()) {
            end.complete(new ListedGrants(found, errors, Optional.empty()));
        } else if (isEnough()) {
            end.complete(new ListedGrants(found, errors, Optional.of(reached.text(target))));
        } else {
            (parts.isEmpty() ? readHolders() : readGrants())
                    .onSuccess(done -> context.runOnContext(turn -> step()))
                    .onFailure(end::fail);
        }
    }

    private Optional<ListedGrants> firstPage() {
        return Optional.ofNullable(parts.peek()).flatMap(Part::page);
    }

    private boolean fits() {
        return firstPage()
                .filter(page ->
                        found.size() + page.grants().size() <= extent.settings().mostGrants() || found.isEmpty())
                .isPresent();
    }

    /** Time and holders count only once it can go on from another place: else a caller would never come further. */
    private boolean isEnough() {
        return firstPage().isPresent() || (!reached.equals(begun) && extent.isReached(holders));
    }

    private void take(Part part) {
        ListedGrants page = part.page().orElseThrow();
        largestPage = Math.max(largestPage, page.grants().size());
        found.addAll(page.grants());
        page.errors().stream().limit(ListedGrants.MOST - errors.size()).forEach(errors::add);
        page.next().ifPresent(from -> parts.addFirst(new Part(part.listed(), from, Optional.empty())));
        reached = page.next()
                .map(from -> reached.within(part.holding(), from))
                .orElseGet(() -> ListingPosition.behind(part.listed().position()));
    }

    private Future<Void> readHolders() {
        return store.holdings(target, next.orElse("")).compose(page -> {
            next = page.next();
            page.holdings().stream()
                    .filter(listed -> seen.add(listed.holding()))
                    .forEach(listed -> parts.add(new Part(listed, begun.from(listed.holding()), Optional.empty())));
            reached = next.filter(any -> parts.isEmpty()).map(reached::at).orElse(reached);
            return walker.met(seen.size());
        });
    }

    private Future<Void> readGrants() {
        int together = together();
        List<Future<Part>> some = new ArrayList<>();
        while (some.size() < together && !parts.isEmpty()) {
            some.add(read(parts.remove()));
        }
        return Future.all(some)
                .onSuccess(all -> {
                    for (int i = all.size() - 1; i >= 0; i--) {
                        parts.addFirst(all.resultAt(i));
                    }
                })
                .mapEmpty();
    }

    /** Each grant that is read costs a call, so not many more are read than are missing. */
    private int together() {
        int ofAPage = holders == 0 ? OF_A_PAGE : Math.max(1, largestPage);
        int missing = (extent.settings().mostGrants() - found.size()) / ofAPage;
        return Math.max(
                1, Math.min(TOGETHER, Math.min(missing, extent.settings().mostHolders() - holders)));
    }

    private Future<Part> read(Part part) {
        if (part.page().isPresent()) {
            return Future.succeededFuture(part);
        }
        holders += part.from().isEmpty() ? 1 : 0;
        return grants.of(part.holding(), part.from())
                .map(page -> new Part(part.listed(), part.from(), Optional.of(page)));
    }
}
