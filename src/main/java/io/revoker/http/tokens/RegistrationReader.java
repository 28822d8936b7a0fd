package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.config.TokensConfig;
import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserInRealm;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Turns the body of a registration into a grant, and mints the tokens that it requests. */
final class RegistrationReader {
    private static final String ACCESS = "access_token";
    private static final String REFRESH = "refresh_token";

    private final TokensConfig limits;
    private final Supplier<TokenSyntax> texts;
    private final Function<RealmId, String> sessions;
    private final TokenMint mint = new TokenMint();
    private final InstantSource time;

    /**
     * @param texts the current bound, read for each token
     * @param sessions the claim that has the session in JWTs of a realm
     */
    RegistrationReader(
            TokensConfig limits, Supplier<TokenSyntax> texts, Function<RealmId, String> sessions, InstantSource time) {
        this.limits = limits;
        this.texts = texts;
        this.sessions = sessions;
        this.time = time;
    }

    /**
     * A grant to register, and the tokens that were minted for it, which appear in one answer only.
     *
     * @param isNew whether it is of this second, and no earlier one was named
     * @param status of the first of its tokens
     */
    record Reading(
            Grant grant,
            Optional<String> mintedAccess,
            Optional<String> mintedRefresh,
            boolean isNew,
            WantedStatus status) {

        /** Whether all its tokens were just minted here, so that no other program can know one of them. */
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
                session(request, access.claims(), refresh.claims(), sessions.apply(holder.realm())),
                issuedAt,
                credential(request, access));
        Grant grant = new Grant(
                holder,
                granted(request, access, accessLifetime(), times, issuedAt),
                granted(request, refresh, refreshLifetime(), times, issuedAt),
                facts);
        return new Reading(
                grant, access.minted(), refresh.minted(), issuedAt.equals(times.now()), request.status(claims));
    }

    /**
     * That of the field, or of the access token, or of a refresh token that is alone. A JWT of another session than it
     * is registered with would be counted with the one, and die with both.
     */
    private static String session(RegistrationRequest request, JwtClaims access, JwtClaims refresh, String claim) {
        Optional<String> session = request.text("session_id").or(() -> access.session(claim));
        session.ifPresent(one -> Stream.of(access, refresh).forEach(claims -> requireSession(one, claims, claim)));
        return session.or(() -> access.equals(JwtClaims.NONE) ? refresh.session(claim) : Optional.empty())
                .orElse("");
    }

    private static void requireSession(String session, JwtClaims claims, String claim) {
        if (claims.session(claim).filter(own -> !own.equals(session)).isPresent()) {
            throw Problem.invalid(
                    claims.field() + ": of another session by its " + claim + " (expected: that of the registration)");
        }
    }

    /**
     * If the caller gives a lifetime without an issue time, the lifetime counts from now. So does a default lifetime.
     */
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

    /** A token that was given or minted; empty if neither. */
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

    /**
     * The type and key that the registration states of the access token. The check compares the authentication scheme
     * with them, and introspection reports them. A token that is bound to a key by DPoP is not a bearer token.
     */
    private static Credential credential(RegistrationRequest request, Wanted access) {
        if (access.token().isEmpty()) {
            request.refuseWithoutAccessToken();
            return Credential.UNKNOWN;
        }
        KeyBinding key = request.confirmation(access.claims());
        TokenType usual = key.jkt().isEmpty()
                ? access.minted().map(minted -> TokenType.BEARER).orElse(TokenType.UNKNOWN)
                : TokenType.DPOP;
        return new Credential(
                request.text("token_type").map(TokenType::named).orElse(usual),
                request.text("jti").or(() -> access.claims().text("jti")).orElse(""),
                key.jkt(),
                key.x5t(),
                access.token().flatMap(JwtClaims::keyId).orElse(""));
    }
}
