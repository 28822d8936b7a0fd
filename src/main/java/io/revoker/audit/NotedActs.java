package io.revoker.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.Order;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Announced;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was done in one step, and is answered, may not have its entry yet: who reads the trail waits for these entries,
 * some milliseconds. Those that an instance has left behind are written by the reader, if it writes at all.
 *
 * <p>One look at what is noted serves all readers of the event loop. A reader waits for what the first look has found
 * that began after its request, and for nothing that was noted later: so the looks are numbered.
 */
final class NotedActs {
    private static final long SHORTEST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 100;

    /** An instance that has ended is waited for until the deadline of its acts. */
    private static final Duration PATIENCE = KeptAct.SOON.multipliedBy(2);

    private final Context context;
    private final AuditStore store;
    private final InstantSource time;
    private final Optional<Function<Map<String, Announced>, Future<Void>>> claim;
    private final List<Reader> readers = new ArrayList<>();

    /** The look that has found an act first, while there are readers. */
    private final Map<String, Long> found = new HashMap<>();

    /** The number of the newest look. */
    private long looks;

    private boolean looking;
    private long pauseMillis = SHORTEST_PAUSE_MILLIS;

    /** Of the next look, if it is waited for. */
    private long timer = -1;

    /** @param claim writes the entries of acts that another instance has left behind; without it, they stay */
    NotedActs(
            Context context,
            AuditStore store,
            InstantSource time,
            Optional<Function<Map<String, Announced>, Future<Void>>> claim) {
        this.context = context;
        this.store = store;
        this.time = time;
        this.claim = claim;
    }

    /** @param look the first that began after the request */
    private record Reader(long look, Instant end, Promise<Void> written) {}

    /** Succeeds once there are the entries of all acts that were answered before; a page of older ones has them. */
    Future<Void> written(Find request) {
        if (request.order() == Order.NEWEST_FIRST && request.after().isPresent()) {
            return Future.succeededFuture();
        }
        Promise<Void> written = ContextInternal.current().promise();
        readers.add(new Reader(looks + 1, time.instant().plus(PATIENCE), written));
        if (!looking) {
            context.owner().cancelTimer(timer);
            pauseMillis = SHORTEST_PAUSE_MILLIS;
            look();
        }
        return written.future();
    }

    private void look() {
        looking = true;
        long look = ++looks;
        store.noted().compose(this::claim).onComplete(noted -> settle(look, noted), failure -> {
            end(reader -> reader.look() <= look, reader -> reader.written().fail(failure));
            goOn(look);
        });
    }

    /** What is left to wait for. */
    private Future<Set<String>> claim(Map<String, Announced> noted) {
        Map<String, Announced> late = late(noted);
        if (late.isEmpty()) {
            return Future.succeededFuture(noted.keySet());
        }
        if (claim.isEmpty()) {
            return Future.succeededFuture(without(noted.keySet(), late.keySet()));
        }
        pauseMillis = SHORTEST_PAUSE_MILLIS;
        return claim.get().apply(late).map(noted.keySet());
    }

    private Map<String, Announced> late(Map<String, Announced> noted) {
        Map<String, Announced> late = new HashMap<>(noted);
        Instant now = time.instant();
        late.values().removeIf(act -> act.deadline().isAfter(now));
        return late;
    }

    private static Set<String> without(Set<String> names, Set<String> some) {
        Set<String> rest = new HashSet<>(names);
        rest.removeAll(some);
        return rest;
    }

    private void settle(long look, Set<String> noted) {
        found.keySet().retainAll(noted);
        noted.forEach(name -> found.putIfAbsent(name, look));
        long oldest = found.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        Instant now = time.instant();
        end(
                reader -> reader.look() <= look && reader.look() < oldest,
                reader -> reader.written().complete());
        end(
                reader -> reader.look() <= look && now.isAfter(reader.end()),
                reader -> reader.written().fail(unwritten()));
        goOn(look);
    }

    private static Problem unwritten() {
        return Problem.unavailable("audit: some entries are not written yet (expected: a retry)");
    }

    /** Out of the list first: what is called may ask again. */
    private void end(Predicate<Reader> which, Consumer<Reader> how) {
        List<Reader> over = readers.stream().filter(which).toList();
        readers.removeAll(over);
        over.forEach(how);
    }

    private void goOn(long look) {
        looking = false;
        if (readers.isEmpty()) {
            found.clear();
        } else if (readers.stream().anyMatch(reader -> reader.look() > look)) {
            pauseMillis = SHORTEST_PAUSE_MILLIS;
            look();
        } else {
            timer = context.owner().setTimer(pauseMillis, due -> look());
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }
}
