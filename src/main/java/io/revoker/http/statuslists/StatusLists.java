package io.revoker.http.statuslists;

import io.revoker.bus.RevokerBus;
import io.revoker.bus.StatusListBus;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.domain.statuslists.StatusRequests.Find;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The lists of an instance, each brought up to date at most once per interval however many ask for it. They are kept on
 * one event loop, that of the first caller; what was signed may be read by any.
 */
final class StatusLists {
    private static final int MOST_UNDER_WAY = 64;

    /** An update asks for some hundred tokens at a time, on the connection that registrations use. */
    private static final int MOST_READ = 4;

    /** Divisor: the lists take this part of the heap at most. */
    private static final int HEAP_SHARE = 16;

    private final ListTokens tokens;
    private final Duration interval;
    private final InstantSource time;
    private final List<Home> homes = new CopyOnWriteArrayList<>();
    private final Map<String, Published> published = new ConcurrentHashMap<>();
    private final Map<String, LoadedList> loaded = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
    private final Map<String, Future<Optional<Published>>> underWay = new HashMap<>();
    private final Turns turns = new Turns(MOST_READ);
    private final ListNames names;

    /** An event loop, and its way to the store. */
    private record Home(Context context, RevokerBus bus) {}

    StatusLists(ListTokens tokens, Duration interval, InstantSource time) {
        this.tokens = tokens;
        this.interval = interval;
        this.time = time;
        this.names = new ListNames(interval, time);
    }

    /** The lists are kept on the event loop that joins first. */
    void join(Context context, RevokerBus bus) {
        homes.add(new Home(context, bus));
    }

    Duration ttl() {
        return tokens.ttl();
    }

    /** Empty if there is no such list, or it has ended. Fails with a {@link Problem}. */
    Future<Optional<Published>> get(Context caller, String id) {
        Published known = published.get(id);
        if (known != null && known.isFresh(time.instant(), interval)) {
            return Future.succeededFuture(Optional.of(known));
        }
        return onto(caller, () -> shared(id));
    }

    /** All that have not ended; one that is new may be missing for as long as a list is not looked at again. */
    Future<List<StatusList>> all(Context caller) {
        return onto(caller, () -> names.all(new StatusListBus(homes.get(0).bus())));
    }

    private <T> Future<T> onto(Context caller, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        homes.get(0)
                .context()
                .runOnContext(
                        turn -> work.get().onComplete(outcome -> caller.runOnContext(back -> done.handle(outcome))));
        return done.future();
    }

    private Future<Optional<Published>> shared(String id) {
        Future<Optional<Published>> same = underWay.get(id);
        if (same != null) {
            return same;
        }
        if (underWay.size() >= MOST_UNDER_WAY) {
            return Future.failedFuture(Problem.overloaded("status lists: too many under way (expected: a retry)"));
        }
        Promise<Optional<Published>> done = Promise.promise();
        underWay.put(id, done.future());
        find(id).compose(list -> list.isPresent()
                        ? turns.take(() -> updated(list.get())).map(Optional::of)
                        : Future.succeededFuture(Optional.<Published>empty()))
                .onComplete(outcome -> {
                    underWay.remove(id);
                    done.handle(outcome);
                });
        return done.future();
    }

    private Future<Optional<LoadedList>> find(String id) {
        LoadedList known = loaded.get(id);
        if (known != null && !known.list().hasEnded(time.instant())) {
            return Future.succeededFuture(Optional.of(known));
        }
        forget(id);
        return new StatusListBus(homes.get(0).bus())
                .find(new Find(Optional.of(id), RealmScope.ALL))
                .map(found -> found.lists().stream().findFirst().map(LoadedList::new));
    }

    private void forget(String id) {
        loaded.remove(id);
        published.remove(id);
    }

    /** The time of the signature is taken first: whatever was acknowledged before is read after it. */
    private Future<Published> updated(LoadedList list) {
        Home home = homes.get(0);
        Instant now = time.instant();
        String id = list.list().id();
        loaded.put(id, list);
        return new ListReader(home.bus(), home.context())
                .update(list)
                .compose(read -> {
                    makeRoom(id);
                    return Optional.ofNullable(published.get(id))
                            .filter(last -> isGoodEnough(last, list, now))
                            .map(last -> Future.succeededFuture(last.seenAt(now)))
                            .orElseGet(
                                    () -> tokens.sign(home.context(), list, now.truncatedTo(ChronoUnit.SECONDS), now));
                })
                .onSuccess(next -> {
                    if (loaded.containsKey(id)) {
                        published.put(id, next);
                    }
                });
    }

    /** So that caches that ask again get 304. */
    private boolean isGoodEnough(Published last, LoadedList list, Instant now) {
        return last.version() == list.version()
                && !now.isBefore(last.signedAt())
                && now.isBefore(last.signedAt().plus(tokens.ttl().dividedBy(2)));
    }

    /** Forgets the lists that were not asked for the longest. */
    private void makeRoom(String but) {
        long bytes = loaded.values().stream().mapToLong(LoadedList::bytes).sum();
        Iterator<Map.Entry<String, LoadedList>> oldest = loaded.entrySet().iterator();
        while (bytes > Runtime.getRuntime().maxMemory() / HEAP_SHARE && oldest.hasNext()) {
            Map.Entry<String, LoadedList> one = oldest.next();
            if (!one.getKey().equals(but)) {
                bytes -= one.getValue().bytes();
                oldest.remove();
                published.remove(one.getKey());
            }
        }
    }
}
