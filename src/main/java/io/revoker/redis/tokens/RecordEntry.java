package io.revoker.redis.tokens;

import io.revoker.domain.Grant.Granted;
import io.revoker.domain.TokenId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The record of a token that is being registered.
 *
 * @param ours as the registration would have it
 * @param held the one that was there before, if any
 */
record RecordEntry(Granted token, TokenRecord ours, Optional<TokenRecord> held) {
    TokenId id() {
        return token.id();
    }

    boolean isOurs() {
        return held.isEmpty();
    }

    boolean agrees() {
        return differences().isEmpty();
    }

    /** The fields that the one that was there says otherwise. */
    Set<String> differences() {
        return held.map(other -> RecordDifferences.between(ours, other)).orElse(Set.of());
    }

    boolean hasItsLifetime() {
        return ours.hasTheLifetimeOf(stands());
    }

    /** Whether it is registered for longer than the same token lives in this grant. */
    boolean isAnew(GrantState held, Instant now) {
        return held.hasEnded(ours.kind(), now) && token.expiresAt().isAfter(now);
    }

    /** The same, once its record is another one. */
    RecordEntry as(TokenRecord record) {
        return new RecordEntry(token, ours, Optional.of(record));
    }

    TokenRecord stands() {
        return held.orElse(ours);
    }
}
