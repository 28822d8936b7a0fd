package io.revoker.domain;

/** A name of any spelling; case-sensitive. Two spellings that have the same key are the same name. */
public abstract sealed class Name permits RealmId, UserName {
    private final String value;
    private final String key;

    Name(String value, String key) {
        this.value = value;
        this.key = key;
    }

    /** As it was given. */
    public final String value() {
        return value;
    }

    /** What it is known by: the same for all its spellings. */
    public final String key() {
        return key;
    }

    /** Whether it has nothing but blanks. */
    public final boolean hasOnlyBlanks() {
        return key.equals(CanonicalName.BLANK);
    }

    @Override
    public final int hashCode() {
        return key.hashCode();
    }

    @Override
    public final String toString() {
        return value;
    }
}
