package io.revoker.domain.store;

import java.util.Arrays;

/** The marks of one slice, packed: ten thousand of them take 160 kB and no object of their own. */
public final class MarkSlice {
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
