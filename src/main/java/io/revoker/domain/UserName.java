package io.revoker.domain;

/**
 * The principal that a token was issued to, {@code sub} in OAuth; exact and case-sensitive.
 *
 * @param value 1 to {@value Names#MAX_LENGTH} characters
 */
public record UserName(String value) {
    public UserName {
        Names.require("username", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
