package io.revoker.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.Order;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Announced;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What was done in one step, and is answered, may not have its entry yet: who reads the trail waits for these entries,
 * some milliseconds. Those that an instance has left behind are written by the reader, if it writes at all.
 */
final class NotedActs {
    private static final long PAUSE_MILLIS = 5;

    /** An instance that has ended is waited for until the deadline of its acts. */
    private static final Duration PATIENCE = KeptAct.SOON.multipliedBy(2);

    private final Context context;
    private final AuditStore store;
    private final InstantSource time;
    private final Optional<Function<Map<String, Announced>, Future<Void>>> claim;

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

    /** Succeeds once there are the entries of all acts that were answered before; a page of older ones has them. */
    Future<Void> written(Find request) {
        return request.order() == Order.NEWEST_FIRST && request.after().isPresent()
                ? Future.succeededFuture()
                : noted().compose(noted -> noted.isEmpty() ? Future.succeededFuture() : awaited(noted.keySet()));
    }

    private Future<Void> awaited(Set<String> names) {
        Promise<Void> written = Promise.promise();
        later(Set.copyOf(names), time.instant().plus(PATIENCE), written);
        return written.future();
    }

    private void later(Set<String> names, Instant end, Promise<Void> written) {
        context.owner().setTimer(PAUSE_MILLIS, due -> look(names, end, written));
    }

    private void look(Set<String> names, Instant end, Promise<Void> written) {
        noted().onSuccess(noted -> noted.keySet().retainAll(names))
                .compose(this::claim)
                .onComplete(
                        left -> {
                            if (left.isEmpty()) {
                                written.complete();
                            } else if (time.instant().isAfter(end)) {
                                written.fail(Problem.unavailable(
                                        "audit: some entries are not written yet (expected: a retry)"));
                            } else {
                                later(left.keySet(), end, written);
                            }
                        },
                        written::fail);
    }

    /** What is left to wait for. */
    private Future<Map<String, Announced>> claim(Map<String, Announced> noted) {
        Map<String, Announced> late = late(noted);
        if (claim.isEmpty()) {
            noted.keySet().removeAll(late.keySet());
        }
        return claim.map(written -> written.apply(late))
                .orElseGet(Future::succeededFuture)
                .map(noted);
    }

    private Map<String, Announced> late(Map<String, Announced> noted) {
        Map<String, Announced> late = new HashMap<>(noted);
        Instant now = time.instant();
        late.values().removeIf(act -> act.deadline().isAfter(now));
        return late;
    }

    private Future<Map<String, Announced>> noted() {
        return store.unfinished(Instant.MAX)
                .onSuccess(all -> all.values().removeIf(act -> act.done().isEmpty()));
    }
}
