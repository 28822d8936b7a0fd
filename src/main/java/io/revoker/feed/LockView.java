package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Traits;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The locks, as far as this node knows them. Written by the feed and by revocations of this node, read by every event
 * loop.
 */
final class LockView {
    private final Map<Long, Lock> wholes = new ConcurrentHashMap<>();
    /** Those whose ids look like those of selections: only if there are any, a check looks for them. */
    private final Map<Long, Lock> selections = new ConcurrentHashMap<>();

    /**
     * The stamps of those that were removed here, until what may still bring them back has been read: the log up to
     * them, and the store's locks after that.
     */
    private final Map<Long, Stamp> removed = new HashMap<>();

    private Map<Long, Lock> like(long id) {
        return MarkId.selecting(id).isPresent() ? selections : wholes;
    }

    /** There is one lock of a target: the one that lasts longest. */
    synchronized void add(Lock lock) {
        long id = lock.id().bits();
        if (!isRemoved(lock)) {
            like(id).merge(id, lock, (a, b) -> b.until().isAfter(a.until()) ? b : a);
        }
    }

    private boolean isRemoved(Lock lock) {
        return Optional.ofNullable(removed.get(lock.id().bits()))
                .filter(stamp -> !lock.stamp().isAfter(stamp))
                .isPresent();
    }

    /** Not one that came after it: the log may have been read further than the answer to the removal. */
    synchronized void remove(Lock lock) {
        long id = lock.id().bits();
        removed.merge(id, lock.stamp(), Stamp::newer);
        like(id).computeIfPresent(id, (same, here) -> isRemoved(here) ? null : here);
    }

    /**
     * Replaces them by the store's. What is in both is there all the time.
     *
     * @param upTo what was known when the store was asked: locks that are newer stay
     */
    synchronized void replace(List<Lock> found, Stamp upTo) {
        List<Lock> stored = found.stream().filter(lock -> !isRemoved(lock)).toList();
        Set<Long> stillFound = found.stream()
                .filter(this::isRemoved)
                .map(lock -> lock.id().bits())
                .collect(Collectors.toSet());
        removed.entrySet().removeIf(one -> !one.getValue().isAfter(upTo) && !stillFound.contains(one.getKey()));
        Set<Long> ids = new HashSet<>();
        for (Lock lock : stored) {
            long id = lock.id().bits();
            ids.add(id);
            like(id).merge(id, lock, (here, there) -> here.stamp().isAfter(upTo) ? here : there);
        }
        Stream.of(wholes, selections)
                .forEach(locks -> locks.entrySet()
                        .removeIf(held -> !ids.contains(held.getKey())
                                && !held.getValue().stamp().isAfter(upTo)));
    }

    List<Lock> all() {
        return Stream.of(wholes, selections)
                .flatMap(locks -> locks.values().stream())
                .toList();
    }

    /** When the last of those ends that cover one of the tokens; it may have ended. */
    Optional<Instant> until(Traits tokens) {
        if (wholes.isEmpty() && selections.isEmpty()) {
            return Optional.empty();
        }
        return LongStream.concat(tokens.marks(), selections.isEmpty() ? LongStream.empty() : tokens.marksOfSelections())
                .boxed()
                .flatMap(id -> Stream.ofNullable(like(id).get(id)))
                .map(Lock::until)
                .max(Instant::compareTo);
    }
}
