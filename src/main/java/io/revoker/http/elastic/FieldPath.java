package io.revoker.http.elastic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names from the outside in: {@code *} stands for any letters of one name, the name {@code **} for any number of names. */
record FieldPath(List<String> names) {
    /** What is left of a path when its last name is met. */
    static final FieldPath END = new FieldPath(List.of());

    private static final String ANY_DEPTH = "**";

    FieldPath {
        names = List.copyOf(names);
    }

    /** Any depth below any depth is any depth: so no two of them ever follow each other, and no walk is deeper than the answer. */
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

    /** What is left of each path below a field of that name; paths that lead elsewhere are gone. */
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
