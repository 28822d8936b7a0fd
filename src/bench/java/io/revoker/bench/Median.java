package io.revoker.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Figures of the same thing, of which the middle one counts. */
final class Median {
    private final List<Double> figures = new ArrayList<>();

    void add(double figure) {
        figures.add(figure);
    }

    /** The same with one more. */
    Median with(double figure) {
        add(figure);
        return this;
    }

    double value() {
        List<Double> sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
