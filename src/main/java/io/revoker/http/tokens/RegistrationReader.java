package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.config.TokensConfig;
import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserInRealm;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Turns the body of a registration into a grant, and mints the tokens that it asks for. */
final class RegistrationReader {
    private static final String ACCESS = "access_token";
    private static final String REFRESH = "refresh_token";

    private final TokensConfig limits;
    private final Supplier<TokenText> texts;
    private final TokenMint mint = new TokenMint();
    private final InstantSource time;

    /** @param texts the bound in force, asked for each token */
    RegistrationReader(TokensConfig limits, Supplier<TokenText> texts, InstantSource time) {
        this.limits = limits;
        this.texts = texts;
        this.time = time;
    }

    /** A grant to register, and the tokens that were minted for it and are told only once. */
    record Reading(Grant grant, Optional<String> mintedAccess, Optional<String> mintedRefresh) {

        /** Whether nobody but us can know any of its tokens. */
        boolean isAllMinted() {
            return mintedAccess.isPresent() == grant.access().isPresent()
                    && mintedRefresh.isPresent() == grant.refresh().isPresent();
        }
    }

    /** Fails with a {@link Problem} of kind invalid. */
    Reading read(JsonNode body) {
        RegistrationRequest request = new RegistrationRequest(body);
        Wanted access = wanted(request, ACCESS, limits.accessPrefix());
        Wanted refresh = wanted(request, REFRESH, limits.refreshPrefix());
        JwtClaims claims = access.token().isPresent() ? access.claims() : refresh.claims();
        UserInRealm holder = request.holder(claims);
        RegistrationTimes times =
                new RegistrationTimes(Instant.ofEpochSecond(time.instant().getEpochSecond()));
        times.requireBegun(access.claims());
        times.requireBegun(refresh.claims());
        Instant issuedAt = issuedAt(request, times, claims, access.saysWhenItEnds() && refresh.saysWhenItEnds());
        Grant.Facts facts = new Grant.Facts(
                request.text("client_id").or(() -> claims.text("client_id")).orElse(""),
                request.text("scope").or(() -> claims.text("scope")).orElse(""),
                issuedAt,
                credential(request, access));
        Grant grant = new Grant(
                holder,
                granted(request, access, accessLifetime(), times, issuedAt),
                granted(request, refresh, refreshLifetime(), times, issuedAt),
                facts);
        return new Reading(grant, access.minted(), refresh.minted());
    }

    /** Whoever says how long a token lives, and not from when on, counts from now, and so does a lifetime that nobody says. */
    private static Instant issuedAt(
            RegistrationRequest request, RegistrationTimes times, JwtClaims claims, boolean endsByClaims) {
        OptionalLong given = request.seconds("issued_at");
        if (given.isPresent()) {
            return times.issuedAt(given.getAsLong());
        }
        boolean counted = request.seconds("expires_in").isPresent()
                || request.seconds("refresh_expires_in").isPresent();
        return counted || !endsByClaims ? times.now() : times.issuedAt(claims);
    }

    /** A token that was given or minted, or neither. */
    private record Wanted(Optional<String> token, Optional<String> minted, JwtClaims claims) {
        boolean saysWhenItEnds() {
            return token.isEmpty() || claims.seconds("exp").isPresent();
        }
    }

    private Wanted wanted(RegistrationRequest request, String field, String prefix) {
        Optional<String> given = request.text(field);
        given.ifPresent(token -> texts.get().require(field, token));
        if (!request.mints(field)) {
            return new Wanted(
                    given,
                    Optional.empty(),
                    given.map(token -> JwtClaims.of(field, token)).orElse(JwtClaims.NONE));
        }
        if (given.isPresent()) {
            throw Problem.invalid(field + ": given and to be minted (expected: one of them)");
        }
        Optional<String> minted = Optional.of(mint.mint(prefix));
        return new Wanted(minted, minted, JwtClaims.NONE);
    }

    private RegistrationTimes.Lifetime accessLifetime() {
        return new RegistrationTimes.Lifetime(
                ACCESS, "expires_in", limits.accessLifetime(), limits.maxAccessLifetime());
    }

    private RegistrationTimes.Lifetime refreshLifetime() {
        return new RegistrationTimes.Lifetime(
                REFRESH, "refresh_expires_in", limits.refreshLifetime(), limits.maxRefreshLifetime());
    }

    private static Optional<Granted> granted(
            RegistrationRequest request,
            Wanted wanted,
            RegistrationTimes.Lifetime lifetime,
            RegistrationTimes times,
            Instant issuedAt) {
        OptionalLong given = request.seconds(lifetime.field());
        if (wanted.token().isEmpty() && given.isPresent()) {
            throw Problem.invalid(lifetime.field() + ": given without its token");
        }
        return wanted.token().map(token -> Granted.of(token, times.expiry(lifetime, given, wanted.claims(), issuedAt)));
    }

    /** What is said of a token binds nobody but who looks; a token that is bound to a key by DPoP is no bearer token. */
    private static Credential credential(RegistrationRequest request, Wanted access) {
        if (access.token().isEmpty()) {
            request.refuseWithoutAccessToken();
            return Credential.UNKNOWN;
        }
        Confirmation key = request.confirmation(access.claims());
        TokenType usual = key.jkt().isEmpty()
                ? access.minted().map(minted -> TokenType.BEARER).orElse(TokenType.UNKNOWN)
                : TokenType.DPOP;
        return new Credential(
                request.text("token_type").map(TokenType::named).orElse(usual),
                request.text("jti").or(() -> access.claims().text("jti")).orElse(""),
                key.jkt(),
                key.x5t());
    }

    /** Makes opaque tokens of 256 random bits behind a prefix that secret scanners can look for. */
    static final class TokenMint {
        private static final int BYTES = 32;

        private final SecureRandom random = new SecureRandom();

        String mint(String prefix) {
            byte[] secret = new byte[BYTES];
            random.nextBytes(secret);
            return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        }
    }
}
