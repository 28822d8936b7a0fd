package io.revoker.caller;

import io.revoker.caller.Credentials.Scheme;
import java.util.Optional;
import java.util.function.Function;

/** The result of authenticating a request. */
public sealed interface Authentication {

    /** A client of the file, with its secret. */
    record Authenticated(Caller caller) implements Authentication {}

    /** The request had no credentials. */
    record Missing() implements Authentication {}

    /**
     * No client has this id, or the secret is wrong.
     *
     * @param id as it was sent: 1 to 256 characters without control characters; may be shown to the caller only,
     * because it may be a secret in the wrong place
     * @param client the id, if a client has it
     */
    record Rejected(String id, Scheme scheme, Optional<String> client) implements Authentication {}

    /** The header is malformed, or its scheme is not supported. */
    record Unusable(Scheme scheme) implements Authentication {}

    /** Calls the function for this kind; the compiler demands one for each kind. */
    default <T> T match(
            Function<Authenticated, T> authenticated,
            Function<Missing, T> missing,
            Function<Rejected, T> rejected,
            Function<Unusable, T> unusable) {
        if (this instanceof Authenticated a) {
            return authenticated.apply(a);
        }
        if (this instanceof Missing a) {
            return missing.apply(a);
        }
        if (this instanceof Rejected a) {
            return rejected.apply(a);
        }
        return unusable.apply((Unusable) this);
    }
}
