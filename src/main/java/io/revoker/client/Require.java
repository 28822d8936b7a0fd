package io.revoker.client;

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
