package io.revoker.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tokens of one grant, as they are registered: an access token, a refresh token, or the pair of both.
 *
 * @param access absent if the grant has only a refresh token
 * @param refresh absent if the grant has only an access token
 * @param facts what introspection tells of both
 */
public record Grant(UserInRealm holder, Optional<Granted> access, Optional<Granted> refresh, Facts facts) {

    /**
     * One token of a grant.
     *
     * @param signature what a JWT is active with
     * @param expiresAt whole seconds
     */
    public record Granted(TokenId id, Signature signature, Instant expiresAt) {
        /** Of an opaque token. */
        public Granted(TokenId id, Instant expiresAt) {
            this(id, Signature.ABSENT, expiresAt);
        }

        public static Granted of(String token, Instant expiresAt) {
            return new Granted(TokenId.of(token), Signature.of(token), expiresAt);
        }

        Granted later(Duration by) {
            return new Granted(id, signature, expiresAt.plus(by));
        }
    }

    /**
     * What the authorization server says of a grant.
     *
     * @param clientId OAuth client, at most 1,024 characters; empty if not given
     * @param scope space-separated, at most 4,096 characters; empty if not given
     * @param issuedAt whole seconds
     */
    public record Facts(String clientId, String scope, Instant issuedAt) {
        private static final int MAX_SCOPE = 4096;

        public Facts {
            Names.requireAtMost("client_id", clientId, Names.MAX_LENGTH);
            Names.requireAtMost("scope", scope, MAX_SCOPE);
        }
    }

    public Grant {
        if (access.isEmpty() && refresh.isEmpty()) {
            throw Problem.invalid("access_token, refresh_token: both missing (expected: at least one)");
        }
        if (access.isPresent()
                && refresh.isPresent()
                && access.get().id().equals(refresh.get().id())) {
            throw Problem.invalid("access_token, refresh_token: the same token (expected: two different ones)");
        }
    }

    /** The token that the grant is known by: the access token, or the refresh token of a grant without one. */
    public Granted first() {
        return access.or(() -> refresh).orElseThrow();
    }

    public Optional<Granted> get(TokenKind kind) {
        return switch (kind) {
            case ACCESS -> access;
            case REFRESH -> refresh;
        };
    }

    /** The same grant, issued at another time: its tokens keep their lifetimes. */
    public Grant issuedAt(Instant other) {
        Duration later = Duration.between(facts.issuedAt(), other);
        return new Grant(
                holder,
                access.map(token -> token.later(later)),
                refresh.map(token -> token.later(later)),
                new Facts(facts.clientId(), facts.scope(), other));
    }

    /** When the last of its tokens expires. */
    public Instant lastExpiry() {
        return Stream.concat(access.stream(), refresh.stream())
                .map(Granted::expiresAt)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
