package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.RevocationRequest;
import io.revoker.jwt.compact.Members;
import java.time.Duration;
import java.time.Instant;

/**
 * What is demanded of the claims of a JWT with which an issuer proves that a request for a revocation is its own, at
 * one time: as Okta makes it, after RFC 7523, section 3. Its subject is the client that this service is there; the
 * audience says so, too.
 */
record RequestRules(Realm realm, Instant now) {
    /** A stolen one can be used for this long. Okta's are good for ten minutes, of which five have passed. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Fails with a {@link Problem} if they do not hold. The audience was verified before. */
    RevocationRequest verify(Members claims) {
        ClaimRules usual = new ClaimRules(realm, now, Purpose.CHECK);
        Instant expiresAt = usual.expiry(claims);
        usual.issue(claims, expiresAt, LONGEST);
        usual.begin(claims);
        return new RevocationRequest(
                realm.id(), ClaimRules.jti(claims), expiresAt.plus(realm.rules().skew()));
    }
}
