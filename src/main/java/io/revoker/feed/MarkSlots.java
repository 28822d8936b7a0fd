package io.revoker.feed;

import io.revoker.domain.store.MarkStore.MarkSlice;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A hash table of ids and stamps with linear probing, in one array. It never grows: to grow, it is copied. Entries are
 * never removed or moved, so a reader that meets an empty slot knows that the id is not there. One thread writes at a
 * time, any number may read.
 */
final class MarkSlots {
    static final MarkSlots EMPTY = new MarkSlots(0);

    /** The load factor. */
    private static final double FULL = 0.8;

    /** Slots beyond those that are needed now: a copy makes room for a sixth more. */
    private static final double ROOM = 1.17;

    private final int capacity;
    private final int most;
    private final AtomicLongArray slots;
    private int size;

    private MarkSlots(int most) {
        this.most = most;
        this.capacity = (int) Math.ceil(most / FULL);
        this.slots = new AtomicLongArray(2 * capacity);
    }

    /** The same marks, with room for more of them. */
    static MarkSlots copyOf(MarkSlice marks, int more) {
        int needed = marks.size() + more;
        MarkSlots copy = needed == 0 ? EMPTY : new MarkSlots(Math.max(needed, (int) (needed * ROOM)));
        marks.forEach(copy::raise);
        return copy;
    }

    boolean isFull() {
        return size >= most;
    }

    int size() {
        return size;
    }

    /** Bytes of memory, except for a few of the array object itself. */
    long bytes() {
        return 2L * Long.BYTES * capacity;
    }

    /** The stamp of a mark; 0 if there is none. */
    long get(long id) {
        if (capacity == 0) {
            return 0;
        }
        int slot = find(id);
        return slots.getAcquire(2 * slot) == id ? slots.getAcquire(2 * slot + 1) : 0;
    }

    /**
     * Raises a mark. Called by one thread at a time, and not for a new mark if the table is full.
     *
     * @return whether it is new
     */
    boolean raise(long id, long stamp) {
        int slot = find(id);
        boolean isNew = slots.getPlain(2 * slot) == 0;
        if (isNew || slots.getPlain(2 * slot + 1) < stamp) {
            slots.setRelease(2 * slot + 1, stamp);
        }
        if (isNew) {
            slots.setRelease(2 * slot, id); // after the stamp: a reader that finds the id also finds its stamp
            size++;
        }
        return isNew;
    }

    void forEach(MarkSlice.Visitor visitor) {
        for (int slot = 0; slot < capacity; slot++) {
            long id = slots.getAcquire(2 * slot);
            if (id != 0) {
                visitor.mark(id, slots.getAcquire(2 * slot + 1));
            }
        }
    }

    MarkSlice toSlice() {
        MarkSlice.Builder slice = new MarkSlice.Builder(size);
        forEach(slice);
        return slice.build();
    }

    /** The slot of an id, or the empty slot where it would be. There always is an empty one. */
    private int find(long id) {
        int slot = first(id);
        while (true) {
            long held = slots.getAcquire(2 * slot);
            if (held == id || held == 0) {
                return slot;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }

    /** Uses the lower bits of the id, because all ids of a slice have the same upper bits. */
    private int first(long id) {
        return (int) (((id & 0xffff_ffffL) * capacity) >>> Integer.SIZE);
    }
}
