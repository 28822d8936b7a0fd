package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.redis.tokens.GrantState.GrantId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * The name of an entry beside the record of the access token of a pair, until the pair has expired: it has the
 * beginnings of both ids. With it the refresh token is found when the record of the access token has expired.
 */
record PairName(GrantId access, GrantId refresh) {
    private static final int LENGTH = 1 + 2 * Long.BYTES;
    private static final byte MARK = 'p';

    /** Of an access token with a refresh token. */
    static Optional<PairName> of(TokenId id, TokenRecord record) {
        return record.partner()
                .filter(partner -> record.kind() == TokenKind.ACCESS)
                .map(partner -> new PairName(GrantId.of(id), partner));
    }

    /** Of a pair. */
    static Optional<PairName> of(Grant grant) {
        return grant.access()
                .flatMap(access -> grant.refresh()
                        .map(refresh -> new PairName(GrantId.of(access.id()), GrantId.of(refresh.id()))));
    }

    byte[] field() {
        return ByteBuffer.allocate(LENGTH)
                .put(MARK)
                .putLong(access.value())
                .putLong(refresh.value())
                .array();
    }

    /** Its expiry, as every value of the hash begins with. */
    static byte[] value(Instant expiry) {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) expiry.getEpochSecond())
                .array();
    }
}
