package io.revoker.jwt;

import io.revoker.domain.RealmId;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.jwt.keys.Algorithm;
import io.revoker.jwt.keys.KeyPlace;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A realm whose JWTs are verified.
 *
 * @param issuer the claim {@code iss} of its tokens
 * @param logoutAudience one of these must be in the claim {@code aud} of a logout token; empty if none is accepted
 * @param eventsAudience the same for a security event token
 */
record Realm(
        RealmId id, String issuer, KeyPlace keys, Rules rules, Set<String> logoutAudience, Set<String> eventsAudience) {
    Realm {
        logoutAudience = Set.copyOf(logoutAudience);
        eventsAudience = Set.copyOf(eventsAudience);
    }

    /** One whose issuer may tell nothing else. */
    Realm(RealmId id, String issuer, KeyPlace keys, Rules rules) {
        this(id, issuer, keys, rules, Set.of(), Set.of());
    }

    /** Whether both are the same realm of the same issuer, with its keys in the same place. */
    boolean hasKeysOf(Realm other) {
        return id.equals(other.id) && issuer.equals(other.issuer) && keys.equals(other.keys);
    }

    /**
     * What a token of the realm must fulfil.
     *
     * @param audience one of these must be in its claim {@code aud}; empty for any
     * @param skew by how much the clock of the issuer may differ
     * @param maxLifetime from {@code iat} to {@code exp}
     * @param usernameClaim the claim that has the user
     * @param clientClaims the first of these that it has is its client
     * @param sessionClaim the claim that has the session
     */
    record Rules(
            Set<Algorithm> algorithms,
            Set<String> audience,
            TypeRule type,
            Duration skew,
            Duration maxLifetime,
            String usernameClaim,
            List<String> clientClaims,
            String sessionClaim,
            Demand demand) {
        Rules {
            algorithms = Set.copyOf(algorithms);
            audience = Set.copyOf(audience);
            clientClaims = List.copyOf(clientClaims);
        }
    }
}
