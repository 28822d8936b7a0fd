package io.revoker.feed;

import io.revoker.domain.store.MarkStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The slices of the marks in their order, the first after the last again. Used by one event loop only. */
final class SliceOrder {
    private int next;
    private int rounds;

    /**
     * Some slices, in their order.
     *
     * @param passed how many slices are done with them: these and those between them
     */
    record Some(List<Integer> slices, int passed) {}

    /**
     * The next ones.
     *
     * @param which whether one is among them
     * @param most of them
     * @param passing the most slices to pass
     */
    Some next(IntPredicate which, int most, int passing) {
        List<Integer> chosen = new ArrayList<>();
        int passed = 0;
        while (passed < passing && chosen.size() < most) {
            if (which.test(next)) {
                chosen.add(next);
            }
            passOne();
            passed++;
        }
        return new Some(chosen, passed);
    }

    /** True for one of so many slices in each round, and for another one in the next. */
    boolean isTurnOf(int slice, int every) {
        return slice % every == rounds % every;
    }

    private void passOne() {
        next++;
        if (next == MarkStore.SLICES) {
            next = 0;
            rounds++;
        }
    }
}
