package io.revoker.domain;

import java.nio.charset.StandardCharsets;

/** The bounds that every name shares: names become parts of keys, so their length is limited and they must be text. */
final class Names {
    static final int MAX_LENGTH = 1024;

    private Names() {}

    static String required(String field, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw Problem.invalid(
                    field + ": " + value.length() + " characters (expected: 1 to " + MAX_LENGTH + " characters)");
        }
        requireText(field, value);
        return value;
    }

    static void requireAtMost(String field, String value, int length) {
        if (value.length() > length) {
            throw Problem.invalid(
                    field + ": " + value.length() + " characters (expected: at most " + length + " characters)");
        }
        requireText(field, value);
    }

    /** An unpaired surrogate has no UTF-8 form: two such names would be written as the same one. */
    private static void requireText(String field, String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw Problem.invalid(field + ": an unpaired surrogate (expected: Unicode text)");
        }
    }
}
