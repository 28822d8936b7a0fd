package io.revoker.caller;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a caller may do. */
public enum Privilege {
    /** Revoke tokens, realms and users. */
    INVALIDATE,
    /** Register tokens. */
    REGISTER,
    /** Check whether a token is active. */
    CHECK,
    /** See refresh tokens as active, too, when checking: only for a client that looks at {@code token_use}. */
    INTROSPECT_REFRESH,
    /** Follow the revocations: their stream, and streams of security events. */
    FEED,
    /** Read the audit trail. */
    AUDIT,
    /** All other privileges, and administration. */
    ADMIN;

    static final String WIRE_NAMES =
            Arrays.stream(values()).map(Privilege::wireName).collect(Collectors.joining(", "));

    /** The name in the client file and in messages. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Privilege> named(String wireName) {
        return Arrays.stream(values())
                .filter(privilege -> privilege.wireName().equals(wireName))
                .findFirst();
    }
}
