package io.revoker.domain;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The answer to a check.
 *
 * @param token present if and only if the status is {@link Status#ACTIVE}
 */
public record Verdict(Status status, Optional<Token> token) {
    public static final Verdict UNKNOWN = new Verdict(Status.UNKNOWN, Optional.empty());
    public static final Verdict OTHER_KIND = new Verdict(Status.OTHER_KIND, Optional.empty());
    public static final Verdict INVALIDATED = new Verdict(Status.INVALIDATED, Optional.empty());

    /** The status of a token. */
    public enum Status {
        /** Registered, unexpired and not invalidated. */
        ACTIVE,
        /** Invalidated, by itself or with its holder. */
        INVALIDATED,
        /** Never registered, or expired. */
        UNKNOWN,
        /** Live, but a refresh token where the caller accepts only access tokens. */
        OTHER_KIND
    }

    /**
     * The verdict on a registered token that is not known to be dead. Fails with a {@link Problem} if it is damaged.
     *
     * @param accepted whether the caller accepts a kind
     */
    public static Verdict onLive(Token token, Predicate<TokenKind> accepted) {
        if (token.state() == Token.State.DAMAGED) {
            throw Problem.damaged("grant: damaged (expected: as it was registered; revoke its user)");
        }
        return accepted.test(token.kind()) ? active(token) : OTHER_KIND;
    }

    public static Verdict active(Token token) {
        return new Verdict(Status.ACTIVE, Optional.of(token));
    }
}
