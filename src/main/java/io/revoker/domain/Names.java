package io.revoker.domain;

import java.nio.charset.StandardCharsets;

/** The bounds that every name shares: names become parts of keys, so their length is limited and they must be text. */
final class Names {
    static final int MAX_LENGTH = 1024;

    private Names() {}

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

    /** Of Unicode, as JSON Schema counts them, not the units that Java has for them. */
    private static int length(String value) {
        return value.codePointCount(0, value.length());
    }

    /** An unpaired surrogate has no UTF-8 form: two such names would be written as the same one. */
    private static void requireText(String field, String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw Problem.invalid(field + ": an unpaired surrogate (expected: Unicode text)");
        }
    }

    /**
     * What OAuth lets into the name of a client and into a scope (RFC 6749, appendixes A.1 and A.4): a scope is handed on in headers and forms, and split at its
     * blanks. An empty one is none.
     */
    static final class OAuthText {
        private OAuthText() {}

        static void requireClient(String client) {
            if (!client.chars().allMatch(c -> c == ' ' || isVisible(c))) {
                throw Problem.invalid("client_id: a character that it can't have (expected: visible ASCII and blanks)");
            }
        }

        static void requireScope(String scope) {
            if (!scope.isEmpty() && !isListOfWords(scope)) {
                throw Problem.invalid("scope: not a list of words (expected: visible ASCII without \" and \\, one blank"
                        + " between two words)");
            }
        }

        private static boolean isListOfWords(String scope) {
            return !scope.startsWith(" ")
                    && !scope.endsWith(" ")
                    && !scope.contains("  ")
                    && scope.chars().allMatch(c -> c == ' ' || (isVisible(c) && c != '"' && c != '\\'));
        }

        private static boolean isVisible(int character) {
            return character > ' ' && character <= '~';
        }
    }
}
