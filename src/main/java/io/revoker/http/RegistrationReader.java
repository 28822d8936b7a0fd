package io.revoker.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.config.TokensConfig;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns the body of a registration into a grant, and mints the tokens that it asks for. */
final class RegistrationReader {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final long LAST_SECOND = 0xFFFF_FFFFL;

    private final TokensConfig limits;
    private final TokenText texts;
    private final TokenMint mint = new TokenMint();
    private final InstantSource time;

    RegistrationReader(TokensConfig limits, TokenText texts, InstantSource time) {
        this.limits = limits;
        this.texts = texts;
        this.time = time;
    }

    /** A grant to register, and the tokens that were minted for it and are told only once. */
    record Reading(Grant grant, Optional<String> mintedAccess, Optional<String> mintedRefresh) {}

    /** Fails with a {@link Problem} of kind invalid. */
    Reading read(JsonNode body) {
        RegistrationRequest request = new RegistrationRequest(body);
        UserInRealm holder = new UserInRealm(
                new RealmId(request.requiredName("realm_name")), new UserName(request.requiredName("username")));
        Instant now = Instant.ofEpochSecond(time.instant().getEpochSecond());
        Instant issuedAt = issuedAt(request, now);
        Wanted access = wanted(request, "access_token", limits.accessPrefix());
        Wanted refresh = wanted(request, "refresh_token", limits.refreshPrefix());
        Lifetime accessLifetime = new Lifetime("expires_in", limits.accessLifetime(), limits.maxAccessLifetime());
        Lifetime refreshLifetime =
                new Lifetime("refresh_expires_in", limits.refreshLifetime(), limits.maxRefreshLifetime());
        Grant grant = new Grant(
                holder,
                granted(request, access, accessLifetime, issuedAt),
                granted(request, refresh, refreshLifetime, issuedAt),
                new Grant.Facts(
                        request.text("client_id").orElse(""),
                        request.text("scope").orElse(""),
                        issuedAt));
        requireUnexpired(grant, now);
        return new Reading(grant, access.minted(), refresh.minted());
    }

    private Instant issuedAt(RegistrationRequest request, Instant now) {
        OptionalLong given = request.seconds("issued_at");
        if (given.isEmpty()) {
            return now;
        }
        long latest = now.plus(SKEW).getEpochSecond();
        if (given.getAsLong() < 0 || given.getAsLong() > latest) {
            throw Problem.invalid(
                    "issued_at: " + given.getAsLong() + " (expected: seconds since 1970, not in the future)");
        }
        return Instant.ofEpochSecond(given.getAsLong());
    }

    /** A token that was given or minted, or neither. */
    private record Wanted(Optional<String> token, Optional<String> minted) {}

    private Wanted wanted(RegistrationRequest request, String field, String prefix) {
        Optional<String> given = request.text(field);
        given.ifPresent(token -> texts.require(field, token));
        if (!request.mints(field)) {
            return new Wanted(given, Optional.empty());
        }
        if (given.isPresent()) {
            throw Problem.invalid(field + ": given and to be minted (expected: one of them)");
        }
        Optional<String> minted = Optional.of(mint.mint(prefix));
        return new Wanted(minted, minted);
    }

    /** How long a token lives: the field that says so, what holds if it is missing, and the bound. */
    private record Lifetime(String field, Duration usual, Duration longest) {
        Duration of(OptionalLong given) {
            if (given.isEmpty()) {
                return usual.compareTo(longest) < 0 ? usual : longest;
            }
            Duration lifetime = Duration.ofSeconds(clamp(given.getAsLong()));
            if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(longest) > 0) {
                throw Problem.invalid(
                        field + ": " + given.getAsLong() + " (expected: 1 to " + longest.toSeconds() + " seconds)");
            }
            return lifetime;
        }

        private static long clamp(long seconds) {
            return Math.max(-1, Math.min(LAST_SECOND, seconds));
        }
    }

    private static Optional<Granted> granted(
            RegistrationRequest request, Wanted wanted, Lifetime lifetime, Instant issuedAt) {
        OptionalLong given = request.seconds(lifetime.field());
        if (wanted.token().isEmpty() && given.isPresent()) {
            throw Problem.invalid(lifetime.field() + ": given without its token");
        }
        return wanted.token().map(token -> Granted.of(token, issuedAt.plus(lifetime.of(given))));
    }

    private static void requireUnexpired(Grant grant, Instant now) {
        grant.access().ifPresent(token -> requireUnexpired("expires_in", token, now));
        grant.refresh().ifPresent(token -> requireUnexpired("refresh_expires_in", token, now));
    }

    private static void requireUnexpired(String field, Granted token, Instant now) {
        long expiry = token.expiresAt().getEpochSecond();
        if (!token.expiresAt().isAfter(now) || expiry > LAST_SECOND) {
            throw Problem.invalid(field + ": the token expires at " + expiry + " (expected: after now, "
                    + now.getEpochSecond() + ")");
        }
    }
}
