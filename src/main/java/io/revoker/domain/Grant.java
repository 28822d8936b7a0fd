package io.revoker.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tokens of one grant, as they are registered: an access token, a refresh token, or a pair of both.
 *
 * @param access absent if the grant has only a refresh token
 * @param refresh absent if the grant has only an access token
 * @param facts what introspection reports of both
 */
public record Grant(UserInRealm holder, Optional<Granted> access, Optional<Granted> refresh, Facts facts) {

    /**
     * One token of a grant.
     *
     * @param signature a JWT is active only with this signature
     * @param expiresAt whole seconds
     */
    public record Granted(TokenId id, Signature signature, Instant expiresAt) {
        /** An opaque token. */
        public Granted(TokenId id, Instant expiresAt) {
            this(id, Signature.ABSENT, expiresAt);
        }

        public static Granted of(String token, Instant expiresAt) {
            return new Granted(TokenId.of(token), Signature.of(token), expiresAt);
        }

        /** The same token with another expiry. */
        public Granted until(Instant expiry) {
            return new Granted(id, signature, expiry);
        }
    }

    /**
     * What the authorization server states of a grant.
     *
     * @param clientId OAuth client, at most 1,024 characters; empty if not given
     * @param scope space-separated, at most 4,096 characters; empty if not given
     * @param session that the user was in, at most 1,024 characters; empty if not given
     * @param issuedAt whole seconds
     * @param credential facts of its access token only
     */
    public record Facts(String clientId, String scope, String session, Instant issuedAt, Credential credential) {
        private static final int MAX_SCOPE = 4096;

        /** Without a session. */
        public Facts(String clientId, String scope, Instant issuedAt, Credential credential) {
            this(clientId, scope, "", issuedAt, credential);
        }

        /** Without facts of the access token. */
        public Facts(String clientId, String scope, Instant issuedAt) {
            this(clientId, scope, issuedAt, Credential.UNKNOWN);
        }

        public Facts {
            NameRules.requireAtMost("client_id", clientId, NameRules.MAX_LENGTH);
            NameRules.requireAtMost("scope", scope, MAX_SCOPE);
            NameRules.requireAtMost("session_id", session, NameRules.MAX_LENGTH);
        }

        private Facts issuedAt(Instant other) {
            return new Facts(clientId, scope, session, other, credential);
        }
    }

    /**
     * Validated here and not in {@link Facts}, because an earlier version may have stored facts that are refused
     * today.
     */
    public Grant {
        OAuthText.requireVisible("client_id", facts.clientId());
        OAuthText.requireScope(facts.scope());
        OAuthText.requireVisible("session_id", facts.session());
        if (access.isEmpty() && refresh.isEmpty()) {
            throw Problem.invalid("access_token, refresh_token: both missing (expected: at least one)");
        }
        if (access.isPresent()
                && refresh.isPresent()
                && access.get().id().equals(refresh.get().id())) {
            throw Problem.invalid("access_token, refresh_token: the same token (expected: two different ones)");
        }
    }

    /** The token that identifies the grant: the access token, or the refresh token of a grant without one. */
    public Granted first() {
        return access.or(() -> refresh).orElseThrow();
    }

    public Optional<Granted> get(TokenKind kind) {
        return switch (kind) {
            case ACCESS -> access;
            case REFRESH -> refresh;
        };
    }

    /** Those of its tokens. */
    public Set<TokenKind> kinds() {
        return Stream.of(TokenKind.values())
                .filter(kind -> get(kind).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same grant, issued at another time: its tokens keep their lifetimes. */
    public Grant issuedAt(Instant other) {
        Duration later = Duration.between(facts.issuedAt(), other);
        return new Grant(
                holder,
                access.map(token -> token.until(token.expiresAt().plus(later))),
                refresh.map(token -> token.until(token.expiresAt().plus(later))),
                facts.issuedAt(other));
    }

    /** The same grant, issued at another time, and each of its tokens with another expiry. */
    public Grant issuedAt(Instant other, Function<TokenId, Instant> expiry) {
        return new Grant(
                holder,
                access.map(token -> token.until(expiry.apply(token.id()))),
                refresh.map(token -> token.until(expiry.apply(token.id()))),
                facts.issuedAt(other));
    }

    /** The facts of one of its tokens. */
    public Facts facts(TokenKind kind) {
        return kind == TokenKind.ACCESS
                ? facts
                : new Facts(facts.clientId(), facts.scope(), facts.session(), facts.issuedAt(), Credential.UNKNOWN);
    }

    /** When the last of its tokens expires. */
    public Instant lastExpiry() {
        Instant expiry = first().expiresAt();
        return refresh.isPresent() && refresh.get().expiresAt().isAfter(expiry)
                ? refresh.get().expiresAt()
                : expiry;
    }

    /**
     * What OAuth allows in a client id and in a scope (RFC 6749, appendixes A.1 and A.4): a scope is passed on in
     * headers and forms, and split at its blanks. An empty one counts as absent.
     */
    static final class OAuthText {
        private OAuthText() {}

        static void requireVisible(String field, String value) {
            if (!value.chars().allMatch(c -> c == ' ' || isVisible(c))) {
                throw Problem.invalid(field + ": a character that it can't have (expected: visible ASCII and blanks)");
            }
        }

        static void requireScope(String scope) {
            if (!scope.isEmpty() && !isListOfWords(scope)) {
                throw Problem.invalid("scope: not a list of words (expected: visible ASCII without \" and \\, one blank"
                        + " between two words)");
            }
        }

        private static boolean isListOfWords(String scope) {
            return !scope.startsWith(" ")
                    && !scope.endsWith(" ")
                    && !scope.contains("  ")
                    && scope.chars().allMatch(c -> c == ' ' || (isVisible(c) && c != '"' && c != '\\'));
        }

        private static boolean isVisible(int character) {
            return character > ' ' && character <= '~';
        }
    }
}
