package io.revoker.domain;

/**
 * The authentication realm (issuer, tenant) that a user belongs to; exact and case-sensitive.
 *
 * @param value 1 to {@value Names#MAX_LENGTH} characters
 */
public record RealmId(String value) {
    public RealmId {
        Names.require("realm_name", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
