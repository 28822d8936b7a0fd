package io.revoker.domain;

import java.time.Instant;

/**
 * A registered token as the store knows it now.
 *
 * @param signature what it has to be shown with
 * @param state whether it was invalidated by itself or by a sweep
 * @param birth {@link Stamp#NONE} of one that is damaged; else the newest stamp when it was registered: a newer mark of its holder makes it dead too
 */
public record Token(
        TokenId id,
        Signature signature,
        TokenKind kind,
        UserInRealm holder,
        Grant.Facts facts,
        Instant expiresAt,
        State state,
        Stamp birth) {

    public enum State {
        LIVE,
        INVALIDATED,
        /** What the store holds of it is not what was registered: whether it is live is not known, and it counts as none. */
        DAMAGED
    }

    public boolean isExpiredAt(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
