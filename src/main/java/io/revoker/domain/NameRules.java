package io.revoker.domain;

/** The bounds that all names share: names become parts of keys, so their length is limited and they must be text. */
public final class NameRules {
    static final int MAX_LENGTH = 1024;

    private NameRules() {}

    static String required(String field, String value) {
        if (value.isEmpty() || length(value) > MAX_LENGTH) {
            throw Problem.invalid(
                    field + ": " + length(value) + " characters (expected: 1 to " + MAX_LENGTH + " characters)");
        }
        requireText(field, value);
        return value;
    }

    static void requireAtMost(String field, String value, int most) {
        if (length(value) > most) {
            throw Problem.invalid(
                    field + ": " + length(value) + " characters (expected: at most " + most + " characters)");
        }
        requireText(field, value);
    }

    /** In Unicode code points, as JSON Schema counts them, not in Java's UTF-16 units. */
    private static int length(String value) {
        return value.codePointCount(0, value.length());
    }

    /** An unpaired surrogate has no UTF-8 form: two such names would be written as the same one. */
    private static void requireText(String field, String value) {
        if (!isUnicode(value)) {
            throw Problem.invalid(field + ": an unpaired surrogate (expected: Unicode text)");
        }
    }

    /** Whether each surrogate is one of a pair: only then the text has a UTF-8 form. */
    public static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
