package io.revoker.domain;

import java.util.Optional;

/**
 * The answer to a check.
 *
 * @param token present if and only if the status is {@link Status#ACTIVE}
 */
public record Verdict(Status status, Optional<Token> token) {
    public static final Verdict UNKNOWN = new Verdict(Status.UNKNOWN, Optional.empty());
    public static final Verdict OTHER_KIND = new Verdict(Status.OTHER_KIND, Optional.empty());
    public static final Verdict INVALIDATED = new Verdict(Status.INVALIDATED, Optional.empty());

    /** What is known of a token. */
    public enum Status {
        /** Registered, unexpired and not invalidated. */
        ACTIVE,
        /** Invalidated, by itself or with its holder. */
        INVALIDATED,
        /** Never registered, or expired. */
        UNKNOWN,
        /** As good as an active one, but a refresh token, where only access tokens are let in. */
        OTHER_KIND
    }

    public static Verdict active(Token token) {
        return new Verdict(Status.ACTIVE, Optional.of(token));
    }
}
