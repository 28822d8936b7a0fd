package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the marks are kept: {@link RevocationLog#append} raises them there. Every method may be repeated, and fails with a {@link Problem}.
 *
 * <p>There may be millions of them, so they are read slice by slice, each small enough for one turn of an event loop.
 */
public interface MarkStore {
    /** How many slices there are. An id's first bits say which one it is in, see {@link MarkId#slice}. */
    int SLICES = 1024;

    /**
     * The marks of a slice as they stand now.
     *
     * @param known a revocation that the log had; {@link Stamp#NONE} for none
     * @return empty if the log has lost that revocation: then marks may be missing too
     */
    Future<Optional<MarkSlice>> slice(int number, Stamp known);

    /** Raises marks that the store lacks, or has at an older stamp; for a store that has lost its newest writes. */
    Future<Void> raise(int number, MarkSlice marks);

    /**
     * Whether a mark stands at this very stamp, and its sweep has come to every token, as {@link SweepLedger#end} says. Then it is needed no longer than
     * half-done registrations may last.
     */
    Future<Boolean> isSwept(MarkId mark, Stamp stamp);

    /**
     * The next revocations that are older than the log is kept, so that their marks may be dropped. Each is given to one asker only, which need not come
     * to it: a mark that stays is no harm.
     */
    Future<List<Revocation>> due();

    /** Drops a mark that stands at this very stamp and {@linkplain #isSwept has been swept}. */
    Future<Void> drop(MarkId mark, Stamp stamp);

    /** The marks of one slice, packed: ten thousand of them take 160 kB and no object of their own. */
    public static final class MarkSlice {
        public static final MarkSlice EMPTY = new MarkSlice(new long[0]);

        private final long[] pairs;

        private MarkSlice(long[] pairs) {
            this.pairs = pairs;
        }

        /** Takes a mark: the bits of its id, and its stamp in microseconds. */
        @FunctionalInterface
        public interface Visitor {
            void mark(long id, long stamp);
        }

        /** Gathers marks. */
        public static final class Builder implements Visitor {
            private long[] pairs;
            private int used;

            /** @param marks about how many there will be */
            public Builder(int marks) {
                pairs = new long[Math.max(1, marks) * 2];
            }

            @Override
            public void mark(long id, long stamp) {
                if (used == pairs.length) {
                    pairs = Arrays.copyOf(pairs, 2 * used);
                }
                pairs[used++] = id;
                pairs[used++] = stamp;
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
