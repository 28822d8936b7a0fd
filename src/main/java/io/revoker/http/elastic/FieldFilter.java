package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of an answer that the caller wants to see ({@code filter_path}).
 *
 * @param included none means all
 * @param excluded taken out of what is included
 */
record FieldFilter(Set<FieldPath> included, Set<FieldPath> excluded) {
    static final FieldFilter NONE = new FieldFilter(Set.of(), Set.of());

    private static final String MINUS = "-";
    /** In all paths together: the time that a filter takes grows with them. */
    private static final int MOST_NAMES = 256;

    FieldFilter {
        included = Set.copyOf(included);
        excluded = Set.copyOf(excluded);
    }

    /**
     * Reads what the caller has sent.
     *
     * @param text paths, separated by commas; an exclusion begins with a minus
     * @throws ElasticFault 400 if it has too many names
     */
    static FieldFilter parse(String text) {
        requireShort(text);
        Predicate<String> exclusion = path -> path.startsWith(MINUS);
        return new FieldFilter(
                paths(split(text).filter(exclusion.negate())),
                paths(split(text).filter(exclusion).map(path -> path.substring(MINUS.length()))));
    }

    /** What is left of the answer; an empty object if nothing is. */
    ObjectNode apply(ObjectNode answer) {
        ObjectNode kept = included.isEmpty() ? answer : FieldPass.INCLUDE.object(answer, included);
        return excluded.isEmpty() ? kept : FieldPass.EXCLUDE.object(kept, excluded);
    }

    private static void requireShort(String text) {
        long names = split(text)
                .mapToLong(path -> 1 + path.chars().filter(c -> c == '.').count())
                .sum();
        if (names > MOST_NAMES) {
            throw RequestFaults.illegalArgument(
                    "filter_path: " + names + " names (expected: at most " + MOST_NAMES + " in all paths together)");
        }
    }

    private static Stream<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).filter(path -> !path.isEmpty());
    }

    private static Set<FieldPath> paths(Stream<String> texts) {
        return texts.map(FieldPath::parse).collect(Collectors.toSet());
    }
}
