package io.revoker.near;

import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.Traits;
import java.util.Optional;

/**
 * A token that was live. It has the bits of its id itself: each object that a look-up goes through on its way is far
 * away in memory.
 *
 * @param first bits of the id
 * @param last bits of the id
 * @param traits of the token
 * @param answer present
 * @param askedAt before the store was asked
 */
record NearEntry(long first, long last, Token token, Traits traits, Optional<Verdict> answer, long askedAt) {
    static NearEntry of(Token token, Verdict verdict, long askedAt) {
        return new NearEntry(
                token.id().firstBits(), token.id().lastBits(), token, Traits.of(token), Optional.of(verdict), askedAt);
    }

    boolean isOf(TokenId id) {
        return first == id.firstBits() && last == id.lastBits();
    }
}
