package io.revoker.domain;

/** The authentication realm (issuer, tenant) that a user belongs to. */
public final class RealmId extends Name {
    /**
     * @param value 1 to {@value NameRules#MAX_LENGTH} characters, as it was given
     * @throws Problem of kind invalid, also if it contains invisible characters
     */
    public RealmId(String value) {
        this(NameRules.required("realm_name", value), CanonicalName.of("realm_name", value));
    }

    private RealmId(String value, String key) {
        super(value, key);
    }

    /** A name that was accepted earlier, maybe by another version. */
    public static RealmId stored(String value) {
        return new RealmId(value, CanonicalName.ofStored(value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RealmId name && name.key().equals(key());
    }
}
