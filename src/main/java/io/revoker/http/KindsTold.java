package io.revoker.http;

import io.revoker.bus.Check;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import java.util.Optional;

/**
 * Which kinds of tokens a caller is told of. Most who ask read nothing but "active", and let in whoever shows the token: of a refresh token they must
 * not hear it (RFC 6749, section 1.5).
 */
public final class KindsTold {
    private static final String REFRESH_TOKEN = "refresh_token";

    private KindsTold() {}

    /**
     * Refresh tokens only to a caller with the privilege for it. Whoever has that privilege along with all others may be a gateway all the same, and so
     * has to ask for a refresh token.
     *
     * @param hint what the caller says that it asks about, as in RFC 7662, section 2.1
     */
    public static Check.Kinds to(Caller caller, Optional<String> hint) {
        boolean named = caller.privileges().contains(Privilege.INTROSPECT_REFRESH);
        boolean asked = caller.may(Privilege.INTROSPECT_REFRESH) && hint.equals(Optional.of(REFRESH_TOKEN));
        return named || asked ? Check.Kinds.BOTH : Check.Kinds.ACCESS;
    }
}
