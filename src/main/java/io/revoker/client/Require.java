package io.revoker.client;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The checks of arguments that requests share. */
final class Require {
    private Require() {}

    static String text(@Nullable String value, String message) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(message);
        }
        return value;
    }

    /** Refuses half of a surrogate pair: encoders put a question mark in its place, and that is another user or another token. */
    static String unicode(String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException("request: broken characters (expected: Unicode text)");
        }
        return value;
    }

    static boolean hasText(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    static boolean isEmpty(@Nullable String value) {
        return value == null || value.isEmpty();
    }
}
