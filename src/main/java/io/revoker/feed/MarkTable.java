package io.revoker.feed;

import io.revoker.domain.Selector;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The marks in memory: 16 bytes each in tables that are at least two thirds full, so 24 bytes at most.
 *
 * <p>Every slice of the marks is a table of its own, so that growing or replacing one takes little time. Readers take
 * no lock; writers exclude each other.
 */
final class MarkTable {
    private final AtomicReferenceArray<MarkSlots> slices = new AtomicReferenceArray<>(MarkStore.SLICES);
    private final LongAdder size = new LongAdder();
    /** How many ids look like those of selections, by what they select by. */
    private final Map<Selector.By, AtomicLong> selecting = new EnumMap<>(Selector.By.class);

    private final AtomicLong selections = new AtomicLong();
    /** How many look like those of what was issued before an instant, of whole targets and of selections. */
    private final AtomicLong issuedBefore = new AtomicLong();

    private final AtomicLong selectedIssuedBefore = new AtomicLong();

    MarkTable() {
        for (int i = 0; i < MarkStore.SLICES; i++) {
            slices.set(i, MarkSlots.EMPTY);
        }
        for (Selector.By by : Selector.By.values()) {
            selecting.put(by, new AtomicLong());
        }
    }

    /** The value of a mark; 0 if there is none. */
    long get(long id) {
        return slices.get(MarkId.slice(id)).get(id);
    }

    /** A mark only grows: a smaller or equal value changes nothing. */
    synchronized void raise(long id, long value) {
        int number = MarkId.slice(id);
        MarkSlots slots = slices.get(number);
        boolean isNew = slots.get(id) == 0;
        if (isNew && slots.isFull()) {
            slots = MarkSlots.copyOf(slots.toSlice(), 1);
            slices.set(number, slots);
        }
        if (isNew) {
            count(id, 1); // before it can be found: a reader looks only for what is counted
        }
        if (slots.raise(id, value)) {
            size.increment();
        }
    }

    /**
     * Replaces the marks of a slice, but keeps those that are newer than {@code upTo}, and those of {@code unread}.
     *
     * @param marks their state after {@code upTo} had been read
     */
    synchronized void replace(int number, MarkSlice marks, long upTo, UnreadMarks unread) {
        MarkSlots before = slices.get(number);
        MarkSlice.Builder newer = new MarkSlice.Builder(0);
        before.forEach((id, value) -> {
            if (value > upTo) {
                newer.mark(id, value);
            }
        });
        unread.slice(number).forEach(newer);
        MarkSlice kept = newer.build();
        MarkSlots fresh = MarkSlots.copyOf(marks, kept.size());
        kept.forEach(fresh::raise);
        fresh.forEach((id, value) -> count(id, 1));
        slices.set(number, fresh);
        before.forEach((id, value) -> count(id, -1));
        size.add((long) fresh.size() - before.size());
    }

    MarkSlice slice(int number) {
        return slices.get(number).toSlice();
    }

    long size() {
        return size.sum();
    }

    /** Whether there may be any selection. */
    boolean hasSelections() {
        return selections.get() > 0;
    }

    /** Whether there may be a selection by this. */
    boolean hasSelections(Selector.By by) {
        return selecting(by).get() > 0;
    }

    /** Whether there may be a mark of those that were issued before an instant, of a whole target. */
    boolean hasIssuedBefore() {
        return issuedBefore.get() > 0;
    }

    /** The same of a selection. */
    boolean hasSelectedIssuedBefore() {
        return selectedIssuedBefore.get() > 0;
    }

    private void count(long id, int change) {
        if (MarkId.isOfIssuedBefore(id)) {
            issuedBefore.addAndGet(change);
        } else if (MarkId.isOfSelectedIssuedBefore(id)) {
            selectedIssuedBefore.addAndGet(change);
        }
        MarkId.selecting(id).ifPresent(by -> {
            selecting(by).addAndGet(change);
            selections.addAndGet(change);
        });
    }

    private AtomicLong selecting(Selector.By by) {
        return Objects.requireNonNull(selecting.get(by));
    }
}
