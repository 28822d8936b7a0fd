package io.revoker.http.feed;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.Mark;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What is revoked at one moment, for callers of some realms.
 *
 * @param stamp everything that was revoked up to here, and since that, is in it
 * @param since what was revoked before may be missing
 * @param marks hashes and values in turn, in the order of the hashes without sign
 * @param locks hashes and ends in turn, in microseconds
 * @param tokens hashes, in their order without sign
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Snapshot(Stamp stamp, Stamp since, long[] marks, long[] locks, long[] tokens) {

    /** Takes milliseconds for each hundred thousand rows: not for an event loop. */
    static Snapshot of(RevokedTable.View table, RealmScope realms, List<Lock> locks, Instant now) {
        Numbers tokens = new Numbers();
        Numbers marks = new Numbers();
        // A gateway may accept a JWT for as long after its exp.
        long forgotten = now.minus(JwtVerifier.GREATEST_CLOCK_SKEW).getEpochSecond();
        table.forEach(realms, (hash, value, expiry) -> {
            if (value != 0) {
                marks.add(hash);
                marks.add(value);
            } else if (expiry == 0 || expiry > forgotten) {
                tokens.add(hash);
            }
        });
        return new Snapshot(table.stamp(), table.since(), newest(marks.all()), of(locks), distinct(tokens.all()));
    }

    private static long[] of(List<Lock> locks) {
        return locks.stream()
                .sorted(Comparator.comparing(lock -> lock.id().bits(), Long::compareUnsigned))
                .flatMapToLong(lock ->
                        LongStream.of(lock.id().bits(), Mark.at(lock.until()).micros()))
                .toArray();
    }

    private static long[] distinct(long[] hashes) {
        long[] distinct = Arrays.copyOf(hashes, sort(hashes));
        Arrays.setAll(distinct, i -> distinct[i] ^ Long.MIN_VALUE);
        return distinct;
    }

    /**
     * Leaves each hash once, in their order without sign: a number is as far from the smallest one as its bits say.
     * Returns how many there are; they have another sign then.
     */
    private static int sort(long[] hashes) {
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(hashes);
        int kept = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        return kept;
    }

    /** Of each mark its greatest value. */
    private static long[] newest(long[] pairs) {
        long[] hashes = new long[pairs.length / 2];
        Arrays.setAll(hashes, i -> pairs[2 * i]);
        int kept = sort(hashes);
        long[] newest = new long[2 * kept];
        for (int i = 0; i < pairs.length; i += 2) {
            int at = 2 * Arrays.binarySearch(hashes, 0, kept, pairs[i] ^ Long.MIN_VALUE);
            newest[at] = pairs[i];
            newest[at + 1] = Math.max(newest[at + 1], pairs[i + 1]);
        }
        return newest;
    }

    /** A list of numbers. */
    private static final class Numbers {
        private long[] numbers = new long[1024];
        private int size;

        void add(long number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }

        long[] all() {
            return Arrays.copyOf(numbers, size);
        }
    }
}
