package io.revoker.near;

import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.Verdict;
import java.util.Optional;

/**
 * A token that was live.
 *
 * @param answer present
 * @param askedAt before the store was asked
 */
record NearEntry(Token token, Optional<Verdict> answer, long askedAt) {
    static NearEntry of(Token token, Verdict verdict, long askedAt) {
        return new NearEntry(token, Optional.of(verdict), askedAt);
    }

    boolean isOf(TokenId id) {
        return token.id().equals(id);
    }
}
