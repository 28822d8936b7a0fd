package io.revoker.domain;

/** The principal that a token was issued to, {@code sub} in OAuth. */
public final class UserName extends Name {
    /**
     * @param value 1 to {@value NameRules#MAX_LENGTH} characters, as it was given
     * @throws Problem of kind invalid, also if it contains invisible characters
     */
    public UserName(String value) {
        this(NameRules.required("username", value), CanonicalName.of("username", value));
    }

    private UserName(String value, String key) {
        super(value, key);
    }

    /** A name that was accepted earlier, maybe by another version. */
    public static UserName stored(String value) {
        return new UserName(value, CanonicalName.ofStored(value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserName name && name.key().equals(key());
    }
}
