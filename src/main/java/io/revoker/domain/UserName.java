package io.revoker.domain;

/** The principal that a token was issued to, {@code sub} in OAuth; case-sensitive. Two spellings that have the same key are the same one. */
public final class UserName {
    private final String value;
    private final String key;

    /**
     * @param value 1 to {@value Names#MAX_LENGTH} characters, as it was given
     * @throws Problem of kind invalid, also if there are characters in it that can't be seen
     */
    public UserName(String value) {
        this(Names.required("username", value), CanonicalName.of("username", value));
    }

    private UserName(String value, String key) {
        this.value = value;
        this.key = key;
    }

    /** One that was let in before, maybe by another version. */
    public static UserName stored(String value) {
        return new UserName(value, CanonicalName.ofStored(value));
    }

    /** As it was given. */
    public String value() {
        return value;
    }

    /** What it is known by: the same for all its spellings. */
    public String key() {
        return key;
    }

    /** Whether it has nothing but blanks. */
    public boolean hasOnlyBlanks() {
        return key.equals(CanonicalName.BLANK);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserName name && name.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
