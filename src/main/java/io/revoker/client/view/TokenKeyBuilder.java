package io.revoker.client.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a token, for its {@link TokenKey}. The claims of a JWT, or what an introspection has said: a fact
 * that is not given is one that the token does not have.
 */
public final class TokenKeyBuilder {
    private static final Duration LONGEST_SKEW = Duration.ofHours(1);

    private final String token;
    private Optional<String> realm = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> client = Optional.empty();
    private Optional<String> session = Optional.empty();
    private Optional<String> keyId = Optional.empty();
    private Optional<String> jti = Optional.empty();
    private Optional<Instant> issuedAt = Optional.empty();
    private Duration clockSkew = Duration.ofSeconds(60);
    private boolean refreshToken;

    TokenKeyBuilder(String token) {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("token: empty (expected: a token)");
        }
        this.token = token;
    }

    /** The realm of the token, as the service names it. */
    public TokenKeyBuilder realm(String name) {
        realm = Optional.of(name);
        return this;
    }

    /** Whose it is, in any spelling of the name. */
    public TokenKeyBuilder user(String name) {
        user = Optional.of(name);
        return this;
    }

    /** When it was issued: the {@code iat} of a JWT. */
    public TokenKeyBuilder issuedAt(Instant time) {
        issuedAt = Optional.of(time);
        return this;
    }

    /** The OAuth client. */
    public TokenKeyBuilder client(String id) {
        client = Optional.of(id);
        return this;
    }

    /** The session of the user: the {@code sid} of a JWT. */
    public TokenKeyBuilder session(String id) {
        session = Optional.of(id);
        return this;
    }

    /** The {@code kid} in the header of a JWT. */
    public TokenKeyBuilder keyId(String id) {
        keyId = Optional.of(id);
        return this;
    }

    /** The {@code jti} of a JWT. */
    public TokenKeyBuilder jti(String id) {
        jti = Optional.of(id);
        return this;
    }

    /** It is a refresh token; otherwise it is taken for an access token. */
    public TokenKeyBuilder asRefreshToken() {
        refreshToken = true;
        return this;
    }

    /**
     * By how much the clock of the issuer may be ahead of that of the service or behind it, 60 seconds if not set, as
     * the service allows for what is registered; up to an hour. A token that was issued so shortly before or after a
     * revocation of its realm or user is {@link RevocationState#UNKNOWN}.
     *
     * @throws IllegalArgumentException if it is negative or longer
     */
    public TokenKeyBuilder clockSkew(Duration skew) {
        if (skew.isNegative() || skew.compareTo(LONGEST_SKEW) > 0) {
            throw new IllegalArgumentException(
                    "clockSkew: " + skew + " (expected: " + Duration.ZERO + " to " + LONGEST_SKEW + ")");
        }
        clockSkew = skew;
        return this;
    }

    /** Computes the hashes. */
    public TokenKey build() {
        return new TokenKey(this);
    }

    TokenHashes hashes() {
        TokenHashes hashes = new TokenHashes(token, realm, user);
        hashes.select(Hashes.Property.KIND, Optional.of(refreshToken ? "refresh_token" : "access_token"));
        hashes.select(Hashes.Property.CLIENT, client);
        hashes.select(Hashes.Property.SESSION, session);
        hashes.select(Hashes.Property.KEY, keyId.filter(id -> !refreshToken));
        jti.ifPresent(hashes::named);
        return hashes;
    }

    Optional<Instant> issuedAt() {
        return issuedAt;
    }

    Duration clockSkew() {
        return clockSkew;
    }

    boolean isRefreshToken() {
        return refreshToken;
    }
}
