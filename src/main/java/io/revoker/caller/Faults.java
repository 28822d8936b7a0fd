package io.revoker.caller;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What is wrong with a file, gathered while it is read so that all of it is told at once. */
final class Faults {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private final List<String> found = new ArrayList<>();

    void add(String place, String fault) {
        found.add(place + ": " + fault);
    }

    Consumer<String> at(String place) {
        return fault -> add(place, fault);
    }

    /** A word of the file that may be told; a missing space can make a hash part of a key. */
    static String shown(String word) {
        return WORD.matcher(word).matches() ? word : "(hidden)";
    }

    void throwIfAny(Path file) {
        if (!found.isEmpty()) {
            throw new ClientFileException(file, found);
        }
    }
}
