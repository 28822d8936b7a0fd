package io.revoker.revocation.count;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Counted;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.OfGrant;
import io.revoker.domain.store.TokenStore.Page;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One count of the tokens of a target: page after page of holders, some of them at a time, each step in a turn of its
 * own.
 */
final class HolderCounts {
    /** Holders that are asked for together. */
    private static final int TOGETHER = 64;

    /** Beyond that a holder may be counted twice. */
    private static final int REMEMBERED = 1_000_000;

    /** Lines that are reported. */
    private static final int MOST_ERRORS = 100;

    private final TokenStore store;
    private final Marks marks;
    private final Context context;
    private final InstantSource time;
    private final Target target;
    private final Choice choice;
    private final Settings settings;
    private final Promise<Report> end = Promise.promise();
    private final Deque<Place> places = new ArrayDeque<>();
    private final LongObjectMap<Boolean> seen = new LongObjectHashMap<>();
    private Optional<Cursor> next = Optional.of(Cursor.START);
    private Tally sum = Tally.NONE;
    private final List<String> errors = new ArrayList<>();
    private long damages;
    private boolean hasPlace;

    HolderCounts(TokenStore store, Marks marks, Context context, InstantSource time, Target target, Settings settings) {
        this.store = store;
        this.marks = marks;
        this.context = context;
        this.time = time;
        this.target = target;
        this.choice = Choice.of(target);
        this.settings = settings;
    }

    /**
     * Where it ends.
     *
     * @param most with more live tokens it ends early
     * @param large where a count of many holders needs a place
     */
    record Settings(long most, Instant began, Duration patience, LargeCounts large) {}

    /** A holder, and where its next page begins. */
    private record Place(UserInRealm holder, String from) {}

    /** The report has no stamp. */
    Future<Report> run() {
        step();
        return end.future();
    }

    private void step() {
        if (sum.invalidated() > settings.most() || (places.isEmpty() && next.isEmpty())) {
            end.complete(Report.of(Stamp.NONE, sum, damages, errors));
        } else if (settings.began().plus(settings.patience()).isBefore(time.instant())) {
            end.fail(Problem.unavailable("count: not ended after "
                    + settings.patience().toMillis() + " ms (sweep.patience); live tokens until then: "
                    + sum.invalidated()));
        } else {
            (places.isEmpty() ? read() : count())
                    .onSuccess(done -> context.runOnContext(turn -> step()))
                    .onFailure(end::fail);
        }
    }

    private Future<Page> read() {
        return store.page(target, next.orElse(Cursor.START)).compose(page -> {
            next = page.next();
            page.holders().stream().filter(this::isNew).forEach(holder -> places.add(new Place(holder, "")));
            return place().map(page);
        });
    }

    private Future<Void> place() {
        LargeCounts large = settings.large();
        if (hasPlace || !large.needPlace(seen.size())) {
            return Future.succeededFuture();
        }
        if (!large.enter()) {
            return Future.failedFuture(Problem.overloaded("counts of many users: " + large.most()
                    + " (expected: fewer on one instance; nothing was revoked; repeat the request later)"));
        }
        hasPlace = true;
        end.future().onComplete(over -> large.leave());
        return Future.succeededFuture();
    }

    /** A page may have a holder that an earlier one had: who gets a token meanwhile moves to the end. */
    private boolean isNew(UserInRealm holder) {
        return seen.size() >= REMEMBERED || seen.put(MarkId.ofHolder(holder), Boolean.TRUE) == null;
    }

    private Future<?> count() {
        List<Future<?>> asked = new ArrayList<>();
        while (asked.size() < TOGETHER && !places.isEmpty()) {
            Place place = places.remove();
            asked.add(store.count(place.holder(), place.from(), choice)
                    .onSuccess(counted -> add(place.holder(), counted)));
        }
        return Future.join(asked);
    }

    private void add(UserInRealm holder, Counted counted) {
        Stamp newest = marks.newestFor(holder);
        for (OfGrant grant : counted.grants()) {
            if (grant.live() > 0 && !newest.isAfter(grant.birth())) {
                sum = sum.plus(new Tally(grant.live(), grant.dead()));
            }
        }
        damages += counted.errors().size();
        counted.errors().stream().limit(MOST_ERRORS - errors.size()).forEach(errors::add);
        counted.next().ifPresent(from -> places.addFirst(new Place(holder, from)));
    }
}
