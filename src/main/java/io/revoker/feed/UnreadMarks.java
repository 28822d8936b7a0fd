package io.revoker.feed;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.Mark;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore.MarkSlice;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The revocations that this node wrote and has not read from the log yet. Written by the feed and by revocations of
 * this node.
 */
final class UnreadMarks {
    private static final int LOOKED_FOR = 256;
    /** A power of two. */
    private static final int REMEMBERED = 8192;

    private final NavigableSet<Long> stamps = new ConcurrentSkipListSet<>();
    /** Some of what was read last, each at the place of its last bits. */
    private final AtomicLongArray read = new AtomicLongArray(REMEMBERED);
    /** Marks whose values don't show that they are new. */
    private final Map<Long, Mark> values = new ConcurrentHashMap<>();

    /** On a busy node, the feed often reads an entry before its writer gets the reply: then there is nothing to do. */
    void add(Revocation revocation) {
        long stamp = revocation.stamp().micros();
        stamps.add(stamp);
        if (revocation.target() instanceof Target.IssuedBefore) {
            values.put(stamp, Mark.of(revocation.target(), revocation.stamp()));
        }
        if (read.get(place(stamp)) == stamp) {
            remove(revocation.stamp());
        }
    }

    /** It was read from the log. */
    void read(Stamp stamp) {
        read.set(place(stamp.micros()), stamp.micros());
        remove(stamp);
    }

    private static int place(long stamp) {
        return (int) stamp & (REMEMBERED - 1);
    }

    void remove(Stamp stamp) {
        stamps.remove(stamp.micros());
        values.remove(stamp.micros());
    }

    void clear() {
        stamps.clear();
        values.clear();
    }

    /** The oldest of them. */
    List<Stamp> oldest() {
        return stamps.stream().limit(LOOKED_FOR).map(Stamp::new).toList();
    }

    /** The marks of a slice that may be missing in what was read of it, and whose values don't show that. */
    MarkSlice slice(int number) {
        MarkSlice.Builder slice = new MarkSlice.Builder(0);
        values.values().stream()
                .filter(mark -> MarkId.slice(mark.id().bits()) == number)
                .forEach(mark -> slice.mark(mark.id().bits(), mark.value().micros()));
        return slice.build();
    }
}
