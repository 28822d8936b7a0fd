package io.revoker.redis.tokens;

import io.revoker.domain.Grant.Granted;
import io.revoker.domain.TokenId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The record of a token that is being registered.
 *
 * @param ours as the registration would write it
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

    /** The fields in which the record that was there differs. */
    Set<String> differences() {
        return held.map(other -> RecordDifferences.between(ours, other)).orElse(Set.of());
    }

    boolean hasItsLifetime() {
        return ours.hasTheLifetimeOf(stands());
    }

    /**
     * Whether the stored grant's token of this kind has expired, while the token to register is unexpired: then it is
     * a new token.
     */
    boolean isAnew(GrantState held, Instant now) {
        return held.hasEnded(ours.kind(), now) && token.expiresAt().isAfter(now);
    }

    /** The same entry, after its record was replaced. */
    RecordEntry as(TokenRecord record) {
        return new RecordEntry(token, ours, Optional.of(record));
    }

    TokenRecord stands() {
        return held.orElse(ours);
    }
}
