package io.revoker.http;

import io.revoker.bus.Check;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import java.util.Optional;

/**
 * The kinds of tokens that may be active for a caller. Most callers only read "active", and then grant access to the
 * sender of the token: they must not get this answer for a refresh token (RFC 6749, section 1.5).
 */
public final class VisibleKinds {
    private static final String REFRESH_TOKEN = "refresh_token";

    private VisibleKinds() {}

    /**
     * Shows refresh tokens only to a caller with the privilege for it. A caller that has all privileges may be a
     * gateway all the same, so it has to ask for a refresh token.
     *
     * @param hint the kind that the caller asks about, as in RFC 7662, section 2.1
     */
    public static Check.Kinds to(Caller caller, Optional<String> hint) {
        boolean named = caller.privileges().contains(Privilege.INTROSPECT_REFRESH);
        boolean asked = caller.may(Privilege.INTROSPECT_REFRESH) && hint.equals(Optional.of(REFRESH_TOKEN));
        return named || asked ? Check.Kinds.BOTH : Check.Kinds.ACCESS;
    }
}
