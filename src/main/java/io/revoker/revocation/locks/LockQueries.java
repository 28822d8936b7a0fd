package io.revoker.revocation.locks;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.LockStore.Find;
import io.revoker.domain.store.LockStore.Found;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.LockStore.Remove;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.RevocationLog;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers what callers ask about locks, and removes them: each caller sees those in its realms only. */
public record LockQueries(LockStore locks, RevocationLog log, Marks marks) {

    /** Those that have not ended, the oldest first. */
    public Future<Found> find(Find request) {
        return all().map(all -> new Found(all.stream()
                .filter(lock -> request.scope().covers(lock.target()))
                .sorted(Comparator.comparing(Lock::stamp))
                .toList()));
    }

    /**
     * When it is done, it is as durable as a revocation; also if there is none: it may have been removed by a call
     * whose durability was not confirmed, and that is repeated.
     */
    public Future<Found> remove(Remove request) {
        RevocationLog.Writing writing = log.begin();
        return find(new Find(request.scope()))
                .compose(found -> found.locks().stream()
                        .filter(lock -> lock.id().bits() == request.id())
                        .findFirst()
                        .map(this::remove)
                        .orElseGet(() -> Future.succeededFuture(new Found(List.of()))))
                .compose(removed -> writing.confirm(Set.of()).map(removed));
    }

    private Future<Found> remove(Lock lock) {
        return locks.remove(lock.id()).onSuccess(removed -> marks.unlock(lock)).map(new Found(List.of(lock)));
    }

    private Future<List<Lock>> all() {
        return locks.all(Stamp.NONE).map(Optional::orElseThrow);
    }
}
