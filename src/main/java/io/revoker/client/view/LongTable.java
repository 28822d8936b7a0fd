package io.revoker.client.view;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;

/**
 * A hash table of 64-bit hashes, alone or with a number each, in one array with linear probing; and before it a filter
 * with two bits in one word for each hash, of twelve: most look-ups are of hashes that are not there, and end with one
 * look at the filter. Between 56 and 65 percent of the array are used, so a hash takes 13.8 to 16 bytes with
 * its part of the filter. Entries are never removed or moved, so a reader that meets an empty slot knows that the hash
 * is not there.
 *
 * <p>One thread writes, any number read, plainly: one that has read, from a volatile field, what was written there
 * after an entry sees that entry; another one sees it or not.
 */
final class LongTable {
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final double FULL = 0.65;
    private static final double GROWTH = 1.15;
    private static final int LEAST = 16;
    private static final long LOW = 0xffff_ffffL;

    /** Odd, and random: so tokens can't be chosen whose hashes share a slot. */
    private static final long MIX = new SecureRandom().nextLong() | 1;

    /** 0 for hashes alone, 1 for hashes and numbers in turn. */
    private final int shift;

    private volatile Room room;
    private int size;

    private LongTable(int shift, int expected) {
        this.shift = shift;
        this.room = Room.of(expected, shift);
    }

    /** The arrays. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Room(long[] slots, long[] filter, int capacity) {
        static Room of(int expected, int shift) {
            long capacity = Math.max(LEAST, (long) Math.ceil(expected / FULL) + 1);
            return new Room(
                    new long[Math.toIntExact(capacity << shift)],
                    new long[Math.toIntExact(capacity / Long.BYTES + 1)],
                    (int) capacity);
        }

        /** One of so many, by the upper bits. */
        private int slot(long key) {
            return (int) ((((key * MIX) >>> Integer.SIZE) * capacity) >>> Integer.SIZE);
        }

        /** Which word of the filter, by the lower bits. */
        private int word(long mixed) {
            return (int) (((mixed & LOW) * filter.length) >>> Integer.SIZE);
        }

        /** Two bits of it, by bits of the middle. */
        private static long bits(long mixed) {
            return (1L << (mixed >>> 36)) | (1L << (mixed >>> 46));
        }

        boolean mayHave(long key) {
            long mixed = key * MIX;
            return (bits(mixed) & ~filter[word(mixed)]) == 0;
        }

        void note(long key) {
            long mixed = key * MIX;
            int at = word(mixed);
            SLOTS.setRelease(filter, at, filter[at] | bits(mixed));
        }

        /** Where a hash is in the array, or the empty slot where it would be. There always is an empty one. */
        int find(long key, int shift) {
            int slot = slot(key);
            while (true) {
                int at = slot << shift;
                long there = slots[at];
                if (there == key || there == 0) {
                    return at;
                }
                slot = slot + 1 == capacity ? 0 : slot + 1;
            }
        }
    }

    /** Of hashes alone. */
    static LongTable ofHashes(int expected) {
        return new LongTable(0, expected);
    }

    /** Of hashes with a number each, which is not 0. */
    static LongTable ofNumbers(int expected) {
        return new LongTable(1, expected);
    }

    /** 0 stands for an empty slot; another hash in its place collides with one token in 2 to the 64. */
    private static long key(long hash) {
        return hash == 0 ? 1 : hash;
    }

    /** For another thread than that which writes: about as many. */
    int size() {
        return size;
    }

    /** Of memory, but for a few. */
    long bytes() {
        return (long) Long.BYTES * (room.slots().length + room.filter().length);
    }

    boolean contains(long hash) {
        Room here = room;
        long key = key(hash);
        return here.mayHave(key) && here.slots()[here.find(key, 0)] == key;
    }

    /** The number of a hash; 0 if there is none. */
    long get(long hash) {
        Room here = room;
        long key = key(hash);
        if (!here.mayHave(key)) {
            return 0;
        }
        int at = here.find(key, 1);
        return here.slots()[at] == key ? here.slots()[at + 1] : 0;
    }

    /** Adds a hash. */
    void add(long hash) {
        put(key(hash), 0);
    }

    /** Sets the number of a hash, if that is greater than the one it has. */
    void raise(long hash, long number) {
        if (get(hash) < number) {
            set(hash, number);
        }
    }

    /** @param number 0 to make it one that is not there */
    void set(long hash, long number) {
        put(key(hash), number);
    }

    private void put(long key, long number) {
        int at = room.find(key, shift);
        if (room.slots()[at] == 0 && size + 1 > room.capacity() * FULL) {
            grow();
            at = room.find(key, shift);
        }
        if (room.slots()[at] == 0) {
            size++;
        }
        put(room, key, number, at);
    }

    /** The hash comes last: who finds it, finds the others. */
    private void put(Room to, long key, long number, int at) {
        to.note(key);
        if (shift > 0) {
            SLOTS.setRelease(to.slots(), at + 1, number);
        }
        SLOTS.setRelease(to.slots(), at, key);
    }

    private void grow() {
        Room after = Room.of((int) Math.min(Integer.MAX_VALUE, (long) (size * GROWTH) + LEAST), shift);
        forEach((key, number) -> put(after, key, number, after.find(key, shift)));
        room = after;
    }

    /** Receives an entry. */
    interface Visitor {
        void entry(long hash, long number);
    }

    /** Calls the visitor with what there was at the beginning, and perhaps with what has come since. */
    void forEach(Visitor visitor) {
        long[] held = room.slots();
        for (int at = 0; at < held.length; at += 1 << shift) {
            long key = (long) SLOTS.getAcquire(held, at);
            if (key != 0) {
                visitor.entry(key, shift > 0 ? (long) SLOTS.getAcquire(held, at + 1) : 0);
            }
        }
    }
}
