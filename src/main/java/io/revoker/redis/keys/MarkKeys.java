package io.revoker.redis.keys;

import io.revoker.domain.store.MarkStore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The keys of the marks, in the slot of the log. */
public final class MarkKeys {
    /** Hashes in a slice of the marks: with ten million marks a hash has three hundred, which Redis keeps compact. */
    private static final int BUCKETS = 32;

    private static final int SHIFT = Long.numberOfLeadingZeros((long) MarkStore.SLICES * BUCKETS - 1);

    private final String prefix;
    private final String events;

    /** @param events the key of the log */
    MarkKeys(String prefix, String events) {
        this.prefix = prefix + ":{log}:m:";
        this.events = events;
    }

    /**
     * Hash: the marks whose ids begin with the same bits, see {@code RedisMarkStore}. Lives as long as a mark that is
     * raised now.
     */
    public String of(long id) {
        return prefix + (id >>> SHIFT);
    }

    /** The log, and the hashes of a slice of the marks. */
    public List<String> slice(int number) {
        Stream<String> buckets =
                IntStream.range(number * BUCKETS, (number + 1) * BUCKETS).mapToObj(bucket -> prefix + bucket);
        return Stream.concat(Stream.of(events), buckets).toList();
    }
}
