package io.revoker.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A registered token as the store knows it now.
 *
 * @param signature that it has to be presented with
 * @param state whether it was invalidated by itself or by a sweep
 * @param birth the newest stamp when it was registered: a newer mark of its holder makes it dead too;
 * {@link Stamp#NONE} for a damaged token
 * @param partner the {@linkplain TokenId#firstBits first bits} of the other token of its pair
 */
public record Token(
        TokenId id,
        Signature signature,
        TokenKind kind,
        UserInRealm holder,
        Grant.Facts facts,
        Instant expiresAt,
        State state,
        Stamp birth,
        Optional<Long> partner) {

    public enum State {
        LIVE,
        INVALIDATED,
        /**
         * The stored data is not what was registered: it is unknown whether the token is live, and it is not counted.
         */
        DAMAGED
    }

    public boolean isExpiredAt(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
