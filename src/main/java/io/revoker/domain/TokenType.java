package io.revoker.domain;

/** How a token is to be presented, as {@code token_type} says it; the names are those of RFC 6750 and RFC 9449. */
public enum TokenType {
    UNKNOWN(""),
    BEARER("Bearer"),
    DPOP("DPoP");

    private final String wireName;

    TokenType(String wireName) {
        this.wireName = wireName;
    }

    /** Empty if not stated. */
    public String wireName() {
        return wireName;
    }

    /** The type with that name, in upper or lower case (RFC 6749, section 5.1). */
    public static TokenType named(String name) {
        for (TokenType type : values()) {
            if (type != UNKNOWN && type.wireName.equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw Problem.invalid("token_type: unknown (expected: Bearer or DPoP)");
    }
}
