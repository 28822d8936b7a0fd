package io.revoker.domain.jwt;

import io.revoker.domain.Grant;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import java.time.Instant;
import java.util.Optional;

/**
 * An access token whose signature and claims hold (RFC 7519, section 7.2; RFC 9068, section 4): it is active unless a
 * revocation covers it.
 *
 * @param id as if it had been registered
 * @param jti its id by its claim {@code jti}, see {@link TokenId#ofJti}; empty if it has none
 * @param facts as if it had been registered with them
 * @param issuedAt when it may have been issued: its claim {@code iat}, to the microsecond if the issuer writes
 *     fractions, less what the issuer's clock may be ahead
 * @param expiresAt its claim {@code exp}
 * @param demand whether it must also be registered
 */
public record VerifiedJwt(
        TokenId id,
        UserInRealm holder,
        Optional<TokenId> jti,
        Grant.Facts facts,
        Instant issuedAt,
        Instant expiresAt,
        Demand demand) {

    /** Whether a JWT of a realm must be registered, too. */
    public enum Demand {
        /** One that is not registered is unknown. */
        REGISTERED,
        /** If it is registered, its registration must be live. */
        EITHER,
        /** Registrations are not looked at. */
        UNREGISTERED
    }
}
