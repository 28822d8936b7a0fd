package io.revoker.feed;

import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The marks in memory: 16 bytes each in tables that are at least two thirds full, so 24 bytes at most.
 *
 * <p>Every slice of the marks is a table of its own, so that one that grows or is replaced takes little time. Readers take no lock; writers of one
 * slice exclude each other.
 */
final class MarkTable {
    private final AtomicReferenceArray<MarkSlots> slices = new AtomicReferenceArray<>(MarkStore.SLICES);
    private final LongAdder size = new LongAdder();

    MarkTable() {
        for (int i = 0; i < MarkStore.SLICES; i++) {
            slices.set(i, MarkSlots.EMPTY);
        }
    }

    /** The stamp of a mark; 0 if there is none. */
    long get(long id) {
        return slices.get(MarkId.slice(id)).get(id);
    }

    /** A mark only grows: an older stamp, or the same one again, changes nothing. */
    synchronized void raise(long id, long stamp) {
        int number = MarkId.slice(id);
        MarkSlots slots = slices.get(number);
        if (slots.isFull() && slots.get(id) == 0) {
            slots = MarkSlots.copyOf(slots.toSlice(), 1);
            slices.set(number, slots);
        }
        if (slots.raise(id, stamp)) {
            size.increment();
        }
    }

    /**
     * Replaces the marks of a slice, but keeps those that are newer than what was read.
     *
     * @param marks as they stood when {@code upTo} had been read
     */
    synchronized void replace(int number, MarkSlice marks, long upTo) {
        MarkSlots before = slices.get(number);
        MarkSlice.Builder newer = new MarkSlice.Builder(0);
        before.forEach((id, stamp) -> {
            if (stamp > upTo) {
                newer.mark(id, stamp);
            }
        });
        MarkSlice kept = newer.build();
        MarkSlots fresh = MarkSlots.copyOf(marks, kept.size());
        kept.forEach(fresh::raise);
        slices.set(number, fresh);
        size.add((long) fresh.size() - before.size());
    }

    MarkSlice slice(int number) {
        return slices.get(number).toSlice();
    }

    long size() {
        return size.sum();
    }
}
