package io.revoker.http.tokens;

import io.revoker.domain.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The issue time and the expiry of a token, by the fields of its registration, else by its own claims.
 *
 * @param now whole seconds
 */
record RegistrationTimes(Instant now) {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final long LAST_SECOND = 0xFFFF_FFFFL;

    /** The lifetime of a token: its field in the registration, the default, and the bound. */
    record Lifetime(String token, String field, Duration usual, Duration longest) {}

    Instant issuedAt(long given) {
        if (!isPast(given)) {
            throw Problem.invalid("issued_at: " + given + " (expected: seconds since 1970, not in the future)");
        }
        return Instant.ofEpochSecond(given);
    }

    /** The issue time from the claims, if they have an expiry too: any other lifetime counts from now. */
    Instant issuedAt(JwtClaims claims) {
        OptionalLong claimed = claims.seconds("iat");
        boolean usable = claimed.isPresent() && claims.seconds("exp").isPresent();
        return usable ? Instant.ofEpochSecond(claimed.getAsLong()) : now;
    }

    /**
     * Refuses a JWT that is not valid yet (RFC 7519, section 4.1.5), or whose issue time is in the future: otherwise
     * it would be active before its time. The issuer's clock may be a little ahead.
     */
    void requireBegun(JwtClaims claims) {
        requireBegun(claims, "nbf", "not valid before its nbf, ");
        requireBegun(claims, "iat", "issued in the future by its iat, ");
    }

    private void requireBegun(JwtClaims claims, String claim, String problem) {
        claims.seconds(claim).ifPresent(time -> {
            if (!isPast(time)) {
                throw Problem.invalid(claims.field() + ": " + problem + time + " (expected: at most " + SKEW.toSeconds()
                        + " seconds after now, " + now.getEpochSecond() + ")");
            }
        });
    }

    private boolean isPast(long seconds) {
        return seconds >= 0 && seconds <= now.plus(SKEW).getEpochSecond();
    }

    /**
     * Never later than the exp of a JWT, whatever the registration says: no verifier accepts it after that (RFC 7519,
     * section 4.1.4).
     */
    Instant expiry(Lifetime lifetime, OptionalLong given, JwtClaims claims, Instant issuedAt) {
        OptionalLong claimed = claims.seconds("exp");
        claimed.ifPresent(end -> requireAlive(lifetime, end, issuedAt));
        long latest = given.isPresent() || claimed.isEmpty()
                ? issuedAt.plus(lifetime(lifetime, given)).getEpochSecond()
                : requireWithin(lifetime, claimed.getAsLong(), issuedAt);
        long expiry = Math.min(latest, claimed.orElse(latest));
        if (expiry <= now.getEpochSecond() || expiry > LAST_SECOND) {
            throw Problem.invalid(lifetime.field() + ": the token expires at " + expiry + " (expected: after now, "
                    + now.getEpochSecond() + ")");
        }
        return Instant.ofEpochSecond(expiry);
    }

    private void requireAlive(Lifetime lifetime, long expiry, Instant issuedAt) {
        if (expiry <= now.getEpochSecond()) {
            throw Problem.invalid(lifetime.token() + ": expired by its exp, " + expiry + " (expected: after now, "
                    + now.getEpochSecond() + ")");
        }
        if (expiry <= issuedAt.getEpochSecond()) {
            throw Problem.invalid(lifetime.token() + ": expires by its exp, " + expiry
                    + " (expected: after it was issued, " + issuedAt.getEpochSecond() + ")");
        }
    }

    private static long requireWithin(Lifetime lifetime, long expiry, Instant issuedAt) {
        long latest = issuedAt.plus(lifetime.longest()).getEpochSecond();
        if (expiry > latest) {
            throw Problem.invalid(lifetime.token() + ": expires by its exp, " + expiry + " (expected: at most "
                    + lifetime.longest().toSeconds() + " seconds after it was issued, or " + lifetime.field() + ")");
        }
        return expiry;
    }

    private static Duration lifetime(Lifetime lifetime, OptionalLong given) {
        Duration longest = lifetime.longest();
        if (given.isEmpty()) {
            return lifetime.usual().compareTo(longest) < 0 ? lifetime.usual() : longest;
        }
        long seconds = given.getAsLong();
        if (seconds <= 0 || seconds > longest.toSeconds()) {
            throw Problem.invalid(
                    lifetime.field() + ": " + seconds + " (expected: 1 to " + longest.toSeconds() + " seconds)");
        }
        return Duration.ofSeconds(seconds);
    }
}
