package io.revoker.client;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks of arguments that requests share. */
final class Require {
    private static final Pattern SWEEP = Pattern.compile("[0-9]{1,18}");

    private Require() {}

    static String text(@Nullable String value, String message) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(message);
        }
        return value;
    }

    /**
     * Refuses half of a surrogate pair: encoders put a question mark in its place, and that is another user or another
     * token.
     */
    static String unicode(String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException("request: broken characters (expected: Unicode text)");
        }
        return value;
    }

    /** The path of a sweep, whose name is a number. */
    static String sweep(String path, String name) {
        if (!SWEEP.matcher(name).matches()) {
            throw new IllegalArgumentException("sweep: not a sweep's name (expected: 1 to 18 digits)");
        }
        return path + '/' + name;
    }

    static boolean hasText(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    static boolean isEmpty(@Nullable String value) {
        return value == null || value.isEmpty();
    }
}
