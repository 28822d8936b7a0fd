package io.revoker.client.view;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;

/**
 * A hash table of 64-bit hashes, alone or with a number each, in one array with linear probing. At least three fifths
 * of it are used, so a hash takes 8 to 13.4 bytes, and one with a number twice as much. Entries are never removed or
 * moved, so a reader that meets an empty slot knows that the hash is not there. One thread writes, any number read.
 */
final class LongTable {
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final double FULL = 0.75;
    private static final double GROWTH = 1.25;
    private static final int LEAST = 16;

    /** Odd. Without knowing it nobody can choose tokens whose hashes share a slot. */
    private static final long MIX = new SecureRandom().nextLong() | 1;

    /** 0 for hashes alone, 1 for hashes and numbers in turn. */
    private final int shift;

    private volatile long[] slots;
    private int size;

    private LongTable(int shift, int expected) {
        this.shift = shift;
        this.slots = room(expected);
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

    private long[] room(int expected) {
        long capacity = Math.max(LEAST, (long) Math.ceil(expected / FULL) + 1);
        return new long[Math.toIntExact(capacity << shift)];
    }

    /** For another thread than that which writes: about as many. */
    int size() {
        return size;
    }

    /** Of memory, but for a few. */
    long bytes() {
        return (long) Long.BYTES * slots.length;
    }

    boolean contains(long hash) {
        long[] held = slots;
        long key = key(hash);
        return (long) SLOTS.getAcquire(held, find(held, key)) == key;
    }

    /** The number of a hash; 0 if there is none. */
    long get(long hash) {
        long[] held = slots;
        long key = key(hash);
        int at = find(held, key);
        return (long) SLOTS.getAcquire(held, at) == key ? (long) SLOTS.getAcquire(held, at + 1) : 0;
    }

    /** Adds a hash. */
    void add(long hash) {
        long key = key(hash);
        put(key, 0, find(slots, key));
    }

    /** Sets the number of a hash, if that is greater than the one it has. */
    void raise(long hash, long number) {
        if (get(hash) < number) {
            set(hash, number);
        }
    }

    /** @param number 0 to make it one that is not there */
    void set(long hash, long number) {
        long key = key(hash);
        put(key, number, find(slots, key));
    }

    private void put(long key, long number, int at) {
        boolean isNew = slots[at] == 0;
        if (isNew && size + 1 > (slots.length >> shift) * FULL) {
            grow();
            put(key, number, find(slots, key));
            return;
        }
        if (shift > 0) {
            SLOTS.setRelease(slots, at + 1, number);
        }
        if (isNew) {
            SLOTS.setRelease(slots, at, key); // after the number, which who finds the hash then finds too
            size++;
        }
    }

    private void grow() {
        long[] before = slots;
        long[] after = room((int) Math.min(Integer.MAX_VALUE, (long) (size * GROWTH) + LEAST));
        for (int at = 0; at < before.length; at += 1 << shift) {
            if (before[at] != 0) {
                int to = find(after, before[at]);
                after[to] = before[at];
                if (shift > 0) {
                    after[to + 1] = before[at + 1];
                }
            }
        }
        slots = after;
    }

    /** Receives an entry. */
    interface Visitor {
        void entry(long hash, long number);
    }

    /** Calls the visitor with what there was at the beginning, and perhaps with what has come since. */
    void forEach(Visitor visitor) {
        long[] held = slots;
        for (int at = 0; at < held.length; at += 1 << shift) {
            long key = (long) SLOTS.getAcquire(held, at);
            if (key != 0) {
                visitor.entry(key, shift > 0 ? (long) SLOTS.getAcquire(held, at + 1) : 0);
            }
        }
    }

    /** Where a hash is in the array, or the empty slot where it would be. There always is an empty one. */
    private int find(long[] held, long key) {
        int capacity = held.length >> shift;
        int slot = (int) ((((key * MIX) >>> Integer.SIZE) * capacity) >>> Integer.SIZE);
        while (true) {
            int at = slot << shift;
            long there = (long) SLOTS.getAcquire(held, at);
            if (there == key || there == 0) {
                return at;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }
}
