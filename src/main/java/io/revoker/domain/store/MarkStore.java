package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the marks are kept: {@link RevocationLog#append} raises them there. Every method is idempotent, and fails with
 * a {@link Problem}.
 *
 * <p>There may be millions of them, so they are read slice by slice, each small enough for one turn of an event loop.
 */
public interface MarkStore {
    /** The number of slices. The first bits of an id select its slice, see {@link MarkId#slice}. */
    int SLICES = 1024;

    /**
     * The current marks of a slice.
     *
     * @param known a revocation that the log had; {@link Stamp#NONE} for none
     * @return empty if the log has lost that revocation: then marks may be missing too
     */
    Future<Optional<MarkSlice>> slice(int number, Stamp known);

    /** Raises marks that the store lacks, or has at a smaller value; for a store that has lost its newest writes. */
    Future<Void> raise(int number, MarkSlice marks);

    /**
     * Whether a mark stands at exactly this stamp, and its sweep has reached every token, as {@link SweepLedger#end}
     * reports. From then on only unfinished registrations may need it.
     */
    Future<Boolean> isSwept(MarkId mark, Stamp stamp);

    /**
     * The next revocations that are older than the log's retention, so that their marks may be dropped. Each is given
     * to one caller only, which need not process it: a mark that stays does no harm.
     */
    Future<List<Revocation>> due();

    /** How long to wait between two calls of {@link #due} if nothing was due: little of the log's retention. */
    default Duration duePause() {
        return Duration.ofSeconds(1);
    }

    /** The locks, on the same connection. */
    default LockStore locks() {
        return LockStore.NONE;
    }

    /** Drops a mark that stands at exactly this stamp and {@linkplain #isSwept has been swept}. */
    Future<Void> drop(MarkId mark, Stamp stamp);

    /** The marks of one slice, packed into one array: ten thousand of them take 160 kB, and none is an object. */
    public static final class MarkSlice {
        public static final MarkSlice EMPTY = new MarkSlice(new long[0]);

        private final long[] pairs;

        private MarkSlice(long[] pairs) {
            this.pairs = pairs;
        }

        /** Receives a mark: the bits of its id, and its {@linkplain Mark#value value} in microseconds. */
        @FunctionalInterface
        public interface Visitor {
            void mark(long id, long value);
        }

        /** Collects marks. */
        public static final class Builder implements Visitor {
            private long[] pairs;
            private int used;

            /** @param marks the expected number */
            public Builder(int marks) {
                pairs = new long[Math.max(1, marks) * 2];
            }

            @Override
            public void mark(long id, long value) {
                if (used == pairs.length) {
                    pairs = Arrays.copyOf(pairs, 2 * used);
                }
                pairs[used++] = id;
                pairs[used++] = value;
            }

            public MarkSlice build() {
                return used == 0 ? EMPTY : new MarkSlice(Arrays.copyOf(pairs, used));
            }
        }

        public int size() {
            return pairs.length / 2;
        }

        public void forEach(Visitor visitor) {
            for (int i = 0; i < pairs.length; i += 2) {
                visitor.mark(pairs[i], pairs[i + 1]);
            }
        }
    }
}
