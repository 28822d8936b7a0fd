package io.revoker.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in columns that are as wide as they must be. A long one is printed in parts. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    public Table(String... heads) {
        widths = new int[heads.length];
        rows.add(List.of(heads));
    }

    /** One cell for each head. */
    public void add(String... cells) {
        rows.add(List.of(cells).stream().map(Shown::text).toList());
    }

    /**
     * Takes the lines of the rows that were added since the last time, first of all that of the heads. A column keeps
     * the width that it had, or becomes wider.
     */
    public List<String> takeLines() {
        rows.forEach(this::widen);
        List<String> lines = rows.stream().map(this::line).toList();
        rows.clear();
        return lines;
    }

    private void widen(List<String> row) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], row.get(column).length());
        }
    }

    private String line(List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
