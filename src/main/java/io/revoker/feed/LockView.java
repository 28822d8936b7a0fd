package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.MarkId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The locks, as far as this node knows them. Written by the feed and by revocations of this node, read by every event
 * loop.
 */
final class LockView {
    private final Map<Long, Lock> locks = new ConcurrentHashMap<>();

    /** There is one lock of a target: the one that lasts longest. */
    void add(Lock lock) {
        locks.merge(lock.id().bits(), lock, (a, b) -> b.until().isAfter(a.until()) ? b : a);
    }

    void remove(MarkId id) {
        locks.remove(id.bits());
    }

    /**
     * Replaces them by the store's. What is in both is there all the time.
     *
     * @param upTo what was known when the store was asked: locks that are newer stay
     */
    void replace(List<Lock> stored, Stamp upTo) {
        Set<Long> ids = new HashSet<>();
        for (Lock lock : stored) {
            ids.add(lock.id().bits());
            locks.merge(lock.id().bits(), lock, (here, there) -> here.stamp().isAfter(upTo) ? here : there);
        }
        locks.values()
                .removeIf(
                        lock -> !ids.contains(lock.id().bits()) && !lock.stamp().isAfter(upTo));
    }

    List<Lock> all() {
        return List.copyOf(locks.values());
    }

    /** When the last of those ends that cover a holder; it may have ended. */
    Optional<Instant> until(UserInRealm holder) {
        return locks.isEmpty()
                ? Optional.empty()
                : LongStream.of(MarkId.ofRealm(holder.realm()), MarkId.ofUser(holder.user()), MarkId.ofHolder(holder))
                        .boxed()
                        .flatMap(id -> Stream.ofNullable(locks.get(id)))
                        .map(Lock::until)
                        .max(Instant::compareTo);
    }
}
