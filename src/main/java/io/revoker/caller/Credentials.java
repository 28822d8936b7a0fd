package io.revoker.caller;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the Authorization header of a request holds. */
public sealed interface Credentials {

    /** No header, or a blank one. */
    record None() implements Credentials {}

    /** A header that names no client: another scheme, broken base64, no colon, no secret, more than 8 KiB. */
    record Unusable(Scheme scheme) implements Credentials {}

    /**
     * An id and a secret.
     *
     * @param claims the raw reading, and after it the form-urlencoded one of RFC 6749 2.3.1 where it differs; one or two
     */
    record Presented(Scheme scheme, List<Claim> claims) implements Credentials {
        public Presented {
            claims = List.copyOf(claims);
        }

        /** The id as it was sent; it may be one that no client has. */
        public String id() {
            return claims.get(0).id();
        }
    }

    /**
     * Reads the value of an Authorization header.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
     */
    static Credentials parse(Optional<String> header) {
        return AuthorizationHeader.parse(header.orElse(""));
    }

    /** Calls the function that fits; the compiler demands one for each kind. */
    default <T> T match(Function<None, T> none, Function<Unusable, T> unusable, Function<Presented, T> presented) {
        if (this instanceof None c) {
            return none.apply(c);
        }
        if (this instanceof Unusable c) {
            return unusable.apply(c);
        }
        return presented.apply((Presented) this);
    }
}
