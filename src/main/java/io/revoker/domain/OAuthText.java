package io.revoker.domain;

/**
 * What OAuth lets into the name of a client and into a scope (RFC 6749, appendixes A.1 and A.4): a scope is handed on in headers and forms, and split at its
 * blanks. An empty one is none.
 */
final class OAuthText {
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
