package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.jwt.compact.Members;
import io.revoker.jwt.keys.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is demanded of the claims of an assertion (RFC 7523, section 3; OpenID Connect Core 1.0, section 9), at one
 * time.
 *
 * @param audience the issuer of this service, and its endpoints. One of them must be the only audience: else another
 * server that the client trusts could use it here (RFC 9700, section 4.9.2, has such attacks)
 */
record AssertionRules(Set<String> audience, String client, Instant now) {
    static final Set<Algorithm> ALGORITHMS = Set.of(
            Algorithm.RS256, Algorithm.PS256, Algorithm.ES256, Algorithm.EDDSA, Algorithm.ED25519, Algorithm.ED448);
    static final Duration SKEW = Duration.ofSeconds(30);
    /** From now to its end. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** The use of it, which must be the only one; fails with a {@link Problem} if the claims do not hold. */
    UsedIds.Use verify(Members claims) {
        requireClient("iss", claims);
        requireClient("sub", claims);
        List<String> meant = claims.texts("aud");
        if (meant.size() != 1 || !audience.containsAll(meant)) {
            throw Problem.invalid("aud: another one (expected: oauth.issuer, and nothing else)");
        }
        requireBegun("iat", claims);
        requireBegun("nbf", claims);
        Instant end =
                claims.time("exp").orElseThrow(() -> ClaimRules.missing("exp")).plus(SKEW);
        if (!now.isBefore(end) || end.isAfter(now.plus(LONGEST).plus(SKEW).plus(SKEW))) {
            throw Problem.invalid("exp: out of range (expected: after now, by at most " + LONGEST.toSeconds() + "s)");
        }
        String id = claims.text("jti").filter(text -> !text.isEmpty()).orElseThrow(() -> ClaimRules.missing("jti"));
        return new UsedIds.Use(client, id, end);
    }

    private void requireClient(String claim, Members claims) {
        if (!claims.text(claim).filter(client::equals).isPresent()) {
            throw Problem.invalid(claim + ": another one (expected: the client's id)");
        }
    }

    private void requireBegun(String claim, Members claims) {
        claims.time(claim).filter(time -> time.isAfter(now.plus(SKEW))).ifPresent(early -> {
            throw Problem.invalid(claim + ": in the future (expected: past)");
        });
    }
}
