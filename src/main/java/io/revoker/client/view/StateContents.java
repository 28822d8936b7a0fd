package io.revoker.client.view;

import java.util.stream.LongStream;

/**
 * All that a view knows, counted, to be written.
 *
 * @param marks hashes and values in turn
 * @param locks hashes and ends in turn
 * @param tokens hashes, in their order without sign
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StateContents(long[] marks, long[] locks, long[] tokens) {

    static StateContents of(Known known) {
        LongStream.Builder marks = LongStream.builder();
        LongStream.Builder locks = LongStream.builder();
        LongStream.Builder tokens = LongStream.builder();
        known.forEach(new Known.Visitor() {
            @Override
            public void token(long hash) {
                tokens.add(hash ^ Long.MIN_VALUE);
            }

            @Override
            public void mark(long hash, long value) {
                marks.add(hash).add(value);
            }

            @Override
            public void lock(long hash, long until) {
                locks.add(hash).add(until);
            }
        });
        return new StateContents(
                marks.build().toArray(),
                locks.build().toArray(),
                tokens.build().sorted().map(hash -> hash ^ Long.MIN_VALUE).toArray());
    }
}
