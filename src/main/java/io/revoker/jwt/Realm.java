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
 * @param accepted what else the issuer may tell
 */
record Realm(RealmId id, String issuer, KeyPlace keys, Rules rules, Accepted accepted) {
    /** One whose issuer may tell nothing else. */
    Realm(RealmId id, String issuer, KeyPlace keys, Rules rules) {
        this(id, issuer, keys, rules, Accepted.NONE);
    }

    /**
     * For whom the issuer's notices must be meant: one of these must be in the claim {@code aud}. Empty if none is
     * accepted.
     *
     * @param logout of logout tokens
     * @param events of security event tokens
     * @param requests of JWTs that prove whose request for a revocation it is
     * @param tenants the tenants of the issuer whose events are of this realm; empty for one that has the realm's name
     */
    record Accepted(Set<String> logout, Set<String> events, Set<String> requests, Set<String> tenants) {
        static final Accepted NONE = new Accepted(Set.of(), Set.of(), Set.of(), Set.of());

        Accepted {
            logout = Set.copyOf(logout);
            events = Set.copyOf(events);
            requests = Set.copyOf(requests);
            tenants = Set.copyOf(tenants);
        }
    }

    /** Whether its tokens may be active without having been registered. */
    boolean isTrusted() {
        return rules.demand() != Demand.REGISTERED;
    }

    /** Whether it is the tenant of that id. */
    boolean isTenant(String tenant) {
        return accepted.tenants().isEmpty()
                ? id.value().equals(tenant)
                : accepted.tenants().contains(tenant);
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
     * @param lead of it, by how much an {@code iat} may be later than the issue: a mark covers it all the same. In
     *     whole seconds
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
            Duration lead,
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
