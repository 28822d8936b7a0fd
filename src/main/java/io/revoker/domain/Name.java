package io.revoker.domain;

/** A name in any spelling; case-sensitive. Two spellings with the same key are the same name. */
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

    /** The canonical form, the same for all spellings. */
    public final String key() {
        return key;
    }

    /** Whether it has only blanks. */
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
