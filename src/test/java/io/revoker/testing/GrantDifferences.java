package io.revoker.testing;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In which fields a registration differs from the grants that have its tokens. */
final class GrantDifferences {
    private GrantDifferences() {}

    static Set<String> of(Grant said, List<Grant> held) {
        return Stream.of(TokenKind.values())
                .flatMap(kind -> said.get(kind).stream()
                        .flatMap(token -> held.stream()
                                .filter(grant -> has(grant, TokenKind.ACCESS, token.id())
                                        || has(grant, TokenKind.REFRESH, token.id()))
                                .flatMap(grant -> of(said, kind, token, grant).stream())))
                .collect(Collectors.toSet());
    }

    /** Those of a pair that are in the way of its access token alone too, or else all. */
    static Set<String> inBoth(Set<String> asPair, Set<String> asAccess) {
        Set<String> both = asPair.stream().filter(asAccess::contains).collect(Collectors.toSet());
        return both.isEmpty() ? asPair : both;
    }

    private static Set<String> of(Grant said, TokenKind kind, Granted token, Grant held) {
        TokenKind heldKind = has(held, TokenKind.ACCESS, token.id()) ? TokenKind.ACCESS : TokenKind.REFRESH;
        Granted other = held.get(heldKind).orElseThrow();
        boolean access = kind == TokenKind.ACCESS;
        Set<String> found = new TreeSet<>();
        compare(found, "realm_name", said.holder().realm(), held.holder().realm());
        compare(found, "username", said.holder().user(), held.holder().user());
        compare(found, "client_id", said.facts().clientId(), held.facts().clientId());
        compare(found, "session_id", said.facts().session(), held.facts().session());
        compare(found, "scope", said.facts().scope(), held.facts().scope());
        compare(found, access ? "access_token" : "refresh_token", kind, heldKind);
        compare(found, access ? "expires_in" : "refresh_expires_in", true, lastsAsLong(said, token, held, other));
        if (access || found.isEmpty()) {
            compare(found, access ? "refresh_token" : "access_token", partner(said, kind), partner(held, heldKind));
        }
        return found;
    }

    private static void compare(Set<String> found, String field, Object said, Object held) {
        if (!said.equals(held)) {
            found.add(field);
        }
    }

    private static boolean lastsAsLong(Grant said, Granted token, Grant held, Granted other) {
        Duration rest = Duration.between(token.expiresAt(), other.expiresAt());
        return rest.abs().toSeconds() <= 1
                || rest.equals(
                        Duration.between(said.facts().issuedAt(), held.facts().issuedAt()));
    }

    private static boolean has(Grant grant, TokenKind kind, TokenId id) {
        return grant.get(kind).filter(token -> token.id().equals(id)).isPresent();
    }

    private static Optional<TokenId> partner(Grant grant, TokenKind kind) {
        return grant.get(kind == TokenKind.ACCESS ? TokenKind.REFRESH : TokenKind.ACCESS)
                .map(Granted::id);
    }
}
