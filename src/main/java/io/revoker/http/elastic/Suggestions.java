package io.revoker.http.elastic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Suggests known names that the caller may have meant: those that differ in less than half of their letters. */
final class Suggestions {
    private Suggestions() {}

    /** The nearest first, and by name among equals. */
    static List<String> near(String given, Collection<String> known) {
        return known.stream()
                .filter(name -> similarity(given, name) > 0.5)
                .sorted(Comparator.comparingDouble((String name) -> -similarity(given, name))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** {@code [a]?} or {@code any of [a, b]?}. */
    static String text(List<String> names) {
        return (names.size() == 1 ? "" : "any of ") + names + "?";
    }

    private static double similarity(String a, String b) {
        return 1.0 - (double) edits(a, b) / Math.max(1, Math.max(a.length(), b.length()));
    }

    /** The Levenshtein distance, kept as one row of the table. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
