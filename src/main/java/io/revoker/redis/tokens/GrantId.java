package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.TokenId;

/**
 * What tells the grants of one holder apart: the first 64 bits of the id of the token that the grant is known by. A holder with two grants that
 * share them is refused the second, not confused.
 */
record GrantId(long value) {
    static GrantId of(Grant grant) {
        return of(grant.first().id());
    }

    static GrantId of(TokenId first) {
        return new GrantId(first.firstBits());
    }
}
