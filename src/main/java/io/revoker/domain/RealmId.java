package io.revoker.domain;

/** The authentication realm (issuer, tenant) that a user belongs to; case-sensitive. Two spellings that have the same key are the same one. */
public final class RealmId {
    private final String value;
    private final String key;

    /**
     * @param value 1 to {@value Names#MAX_LENGTH} characters, as it was given
     * @throws Problem of kind invalid, also if there are characters in it that can't be seen
     */
    public RealmId(String value) {
        this(Names.required("realm_name", value), CanonicalName.of("realm_name", value));
    }

    private RealmId(String value, String key) {
        this.value = value;
        this.key = key;
    }

    /** One that was let in before, maybe by another version. */
    public static RealmId stored(String value) {
        return new RealmId(value, CanonicalName.ofStored(value));
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
        return other instanceof RealmId name && name.key.equals(key);
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
