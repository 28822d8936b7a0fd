package io.revoker.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Selector;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.jwt.compact.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a realm demands of the claims of a token (RFC 7519, section 7.2; RFC 9068, section 4), at one time.
 *
 * @param purpose a token whose time is to come can be revoked, but is not active
 */
record ClaimRules(Realm realm, Instant now, Purpose purpose) {
    private static final String UNLIKE = "another one (expected: ";

    /** Of a grant only the facts are looked at here. */
    private static final Grant.Granted ANY = new Grant.Granted(TokenId.of(""), Instant.EPOCH);

    /**
     * What the claims say, if they hold; fails with a {@link Problem} otherwise.
     *
     * @param token whose claims they are
     * @param key the {@code kid} of the token
     */
    VerifiedJwt verify(String token, Members claims, Optional<String> key) {
        requireAudience(realm.rules().audience(), claims);
        Instant expiresAt = expiry(claims);
        Instant issuedAt = issue(claims, expiresAt, realm.rules().maxLifetime());
        begin(claims);
        UserInRealm holder = user(claims);
        Grant.Facts facts = registrable(
                holder,
                new Grant.Facts(
                        client(claims),
                        scope(claims),
                        session(claims),
                        second(issuedAt),
                        credential(claims).signedBy(usable(key))));
        return new VerifiedJwt(
                TokenId.of(token),
                holder,
                id(facts),
                facts,
                issuedAt.minus(realm.rules().lead()),
                expiresAt,
                realm.rules().demand());
    }

    /** @param allowed any if empty */
    static void requireAudience(Set<String> allowed, Members claims) {
        List<String> audience = claims.texts("aud");
        if (!allowed.isEmpty() && Collections.disjoint(allowed, audience)) {
            throw Problem.invalid("aud: " + UNLIKE + "one of the realm's audience)");
        }
    }

    Instant expiry(Members claims) {
        Instant expiresAt = claims.time("exp").orElseThrow(() -> missing("exp"));
        if (!now.isBefore(expiresAt.plus(realm.rules().skew()))) {
            throw Problem.invalid("exp: past (expected: after now)");
        }
        return expiresAt;
    }

    /** The id of a notice, which must have one. */
    static String jti(Members claims) {
        return claims.text("jti").filter(text -> !text.isEmpty()).orElseThrow(() -> missing("jti"));
    }

    Instant issue(Members claims) {
        Instant issuedAt = claims.time("iat").orElseThrow(() -> missing("iat"));
        requireBegun("iat", issuedAt);
        return issuedAt;
    }

    Instant issue(Members claims, Instant expiresAt, Duration longest) {
        Instant issuedAt = issue(claims);
        if (!expiresAt.isAfter(issuedAt) || expiresAt.isAfter(issuedAt.plus(longest))) {
            throw Problem.invalid(
                    "exp: too far from iat (expected: after it, by at most " + longest.toSeconds() + "s)");
        }
        return issuedAt;
    }

    void begin(Members claims) {
        claims.time("nbf").ifPresent(begin -> requireBegun("nbf", begin));
    }

    private void requireBegun(String claim, Instant time) {
        if (purpose == Purpose.CHECK && time.isAfter(now.plus(realm.rules().skew()))) {
            throw Problem.invalid(claim + ": in the future (expected: at most clock-skew ahead)");
        }
    }

    UserInRealm user(Members claims) {
        String claim = realm.rules().usernameClaim();
        return new UserInRealm(realm.id(), new UserName(claims.text(claim).orElseThrow(() -> missing(claim))));
    }

    /** One by which tokens can't be revoked counts as absent: it decides nothing else. */
    private String session(Members claims) {
        return claims.anything(realm.rules().sessionClaim())
                .filter(JsonNode::isTextual)
                .flatMap(sid -> Selector.usable(Selector.By.SESSION, sid.textValue()))
                .orElse("");
    }

    private static String usable(Optional<String> key) {
        return key.flatMap(kid -> Selector.usable(Selector.By.KEY, kid)).orElse("");
    }

    private String client(Members claims) {
        return realm.rules().clientClaims().stream()
                .flatMap(claim -> claims.text(claim).stream())
                .findFirst()
                .orElse("");
    }

    /** As RFC 8693, section 4.2, has it, or as a list. */
    private static String scope(Members claims) {
        return String.join(" ", claims.texts(claims.has("scope") ? "scope" : "scp"));
    }

    /**
     * The key that the token is bound to (RFC 7800, section 3.1). One that is not understood is refused: without it
     * the token would be a bearer token, which a thief could use.
     */
    private static Credential credential(Members claims) {
        Optional<Members> confirmation = claims.members("cnf");
        String jkt = confirmation.flatMap(key -> key.text("jkt")).orElse("");
        String x5t = confirmation.flatMap(key -> key.text("x5t#S256")).orElse("");
        if (confirmation.isPresent() && jkt.isEmpty() && x5t.isEmpty()) {
            throw Problem.invalid("cnf: no key (expected: jkt or x5t#S256)");
        }
        TokenType type = jkt.isEmpty() ? TokenType.BEARER : TokenType.DPOP;
        return new Credential(type, claims.text("jti").orElse(""), jkt, x5t);
    }

    /** Gateways pass these texts on in headers: those that can't be registered can't be trusted either. */
    private static Grant.Facts registrable(UserInRealm holder, Grant.Facts facts) {
        return new Grant(holder, Optional.of(ANY), Optional.empty(), facts).facts();
    }

    private Optional<TokenId> id(Grant.Facts facts) {
        String jti = facts.credential().jti();
        return jti.isEmpty() ? Optional.empty() : Optional.of(TokenId.ofJti(realm.id(), jti));
    }

    private static Instant second(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond());
    }

    static Problem missing(String claim) {
        return Problem.invalid(claim + ": missing (expected: present)");
    }
}
