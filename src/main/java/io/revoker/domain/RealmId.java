package io.revoker.domain;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The authentication realm (issuer, tenant) that a user belongs to. */
public final class RealmId extends Name {
    /** Some that were read: of millions of tokens most have the same few, which are then near in memory. */
    private static final AtomicReferenceArray<@Nullable RealmId> READ = new AtomicReferenceArray<>(64);

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
        int place = value.hashCode() & (READ.length() - 1);
        RealmId known = READ.get(place);
        if (known != null && known.value().equals(value)) {
            return known;
        }
        RealmId read = new RealmId(value, CanonicalName.ofStored(value));
        READ.set(place, read);
        return read;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RealmId name && name.key().equals(key());
    }
}
