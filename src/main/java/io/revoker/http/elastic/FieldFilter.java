package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of an answer that the caller wants to see ({@code filter_path}).
 *
 * @param included empty for all
 * @param excluded removed from what is included
 */
record FieldFilter(Set<FieldPath> included, Set<FieldPath> excluded) {
    static final FieldFilter NONE = new FieldFilter(Set.of(), Set.of());

    private static final String MINUS = "-";
    /** Bound for all paths together: the time that a filter takes grows with the number of names. */
    private static final int MOST_NAMES = 256;

    FieldFilter {
        included = Set.copyOf(included);
        excluded = Set.copyOf(excluded);
    }

    /**
     * Parses the parameter.
     *
     * @param text paths, separated by commas; an exclusion begins with a minus
     * @throws ElasticError 400 if it has too many names
     */
    static FieldFilter parse(String text) {
        requireShort(text);
        Predicate<String> exclusion = path -> path.startsWith(MINUS);
        return new FieldFilter(
                paths(split(text).filter(exclusion.negate())),
                paths(split(text).filter(exclusion).map(path -> path.substring(MINUS.length()))));
    }

    /** The filtered answer; an empty object if nothing is left. */
    ObjectNode apply(ObjectNode answer) {
        ObjectNode kept = included.isEmpty() ? answer : FieldPass.INCLUDE.object(answer, included);
        return excluded.isEmpty() ? kept : FieldPass.EXCLUDE.object(kept, excluded);
    }

    private static void requireShort(String text) {
        long names = split(text)
                .mapToLong(path -> 1 + path.chars().filter(c -> c == '.').count())
                .sum();
        if (names > MOST_NAMES) {
            throw RequestErrors.illegalArgument(
                    "filter_path: " + names + " names (expected: at most " + MOST_NAMES + " in all paths together)");
        }
    }

    private static Stream<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).filter(path -> !path.isEmpty());
    }

    private static Set<FieldPath> paths(Stream<String> texts) {
        return texts.map(FieldPath::parse).collect(Collectors.toSet());
    }

    /**
     * Copies the part of an answer that the paths select, in one traversal. Arrays are transparent; an object or array
     * that becomes empty is removed too.
     */
    enum FieldPass {
        INCLUDE,
        EXCLUDE;

        ObjectNode object(ObjectNode object, Set<FieldPath> paths) {
            ObjectNode kept = object.objectNode();
            object.properties()
                    .forEach(field -> value(field.getValue(), FieldPath.enter(paths, field.getKey()))
                            .ifPresent(value -> kept.set(field.getKey(), value)));
            return kept;
        }

        private ArrayNode array(ArrayNode array, Set<FieldPath> paths) {
            ArrayNode kept = array.arrayNode();
            array.forEach(element -> value(element, paths).ifPresent(kept::add));
            return kept;
        }

        private Optional<JsonNode> value(JsonNode value, Set<FieldPath> paths) {
            if (paths.contains(FieldPath.END)) {
                return Optional.of(value).filter(named -> this == INCLUDE);
            }
            if (value instanceof ObjectNode object) {
                return nonEmpty(object(object, paths));
            }
            if (value instanceof ArrayNode array) {
                return nonEmpty(array(array, paths));
            }
            return Optional.of(value).filter(unnamed -> this == EXCLUDE);
        }

        private static Optional<JsonNode> nonEmpty(JsonNode container) {
            return Optional.of(container).filter(node -> !node.isEmpty());
        }
    }

    /**
     * Names from the outside in: {@code *} matches any letters of one name, the name {@code **} any number of names.
     */
    record FieldPath(List<String> names) {
        /** The rest of a path after its last name has matched. */
        static final FieldPath END = new FieldPath(List.of());

        private static final String ANY_DEPTH = "**";

        FieldPath {
            names = List.copyOf(names);
        }

        /**
         * {@code **.**} is the same as {@code **}, so repetitions are dropped: then no recursion is deeper than the
         * answer.
         */
        static FieldPath parse(String text) {
            List<String> names = new ArrayList<>();
            for (String name : text.split("\\.", -1)) {
                if (!name.equals(ANY_DEPTH)
                        || names.isEmpty()
                        || !names.get(names.size() - 1).equals(ANY_DEPTH)) {
                    names.add(name);
                }
            }
            return new FieldPath(names);
        }

        /** The rest of each path below a field of that name; paths that do not match are dropped. */
        static Set<FieldPath> enter(Set<FieldPath> paths, String name) {
            Set<FieldPath> below = new HashSet<>();
            paths.forEach(path -> path.enter(name, below));
            return below;
        }

        private void enter(String name, Set<FieldPath> below) {
            if (names.isEmpty()) {
                return;
            }
            FieldPath rest = new FieldPath(names.subList(1, names.size()));
            if (names.get(0).equals(ANY_DEPTH)) {
                enterAnyDepth(rest, name, below);
            } else if (Wildcard.matches(names.get(0), name)) {
                below.add(rest);
            }
        }

        private void enterAnyDepth(FieldPath rest, String name, Set<FieldPath> below) {
            if (rest.equals(END)) {
                below.add(END);
            } else {
                below.add(this);
                rest.enter(name, below);
            }
        }
    }

    /**
     * Matches {@code *} greedily, in time proportional to the product of both lengths. With a regular expression, a
     * caller could make the time exponential.
     */
    static final class Wildcard {
        private Wildcard() {}

        static boolean matches(String pattern, String text) {
            int p = 0;
            int t = 0;
            int star = -1;
            int resume = 0;
            while (t < text.length()) {
                if (p < pattern.length() && pattern.charAt(p) == '*') {
                    star = p++;
                    resume = t;
                } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                    p++;
                    t++;
                } else if (star >= 0) {
                    p = star + 1;
                    t = ++resume;
                } else {
                    return false;
                }
            }
            return pattern.substring(p).chars().allMatch(c -> c == '*');
        }
    }
}
