package io.revoker.caller;

/** What an id may be: RFC 7617 ends it at the first colon and forbids control characters. */
final class ClientId {
    static final String EXPECTED = "1 to 256 characters without ':' and control characters";
    private static final int MAX_LENGTH = 256;

    private ClientId() {}

    static boolean isValid(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && id.indexOf(':') < 0
                && id.chars().noneMatch(Character::isISOControl);
    }
}
