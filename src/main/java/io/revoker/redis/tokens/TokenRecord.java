package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.Signature;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.tokens.GrantState.GrantId;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of a token by its id: written once, never changed, so that a node may keep a copy without any staleness. See {@link RecordBytes} for how.
 *
 * @param partner the other token of a pair
 * @param bundle where the grant is
 */
public record TokenRecord(
        TokenKind kind,
        Optional<GrantId> partner,
        Bundle bundle,
        Grant.Facts facts,
        Instant expiry,
        Signature signature) {

    static TokenRecord of(Grant grant, TokenKind kind, Granted token, Bundle bundle) {
        Optional<GrantId> partner = grant.get(kind.other()).map(other -> GrantId.of(other.id()));
        return new TokenRecord(kind, partner, bundle, grant.facts(kind), token.expiresAt(), token.signature());
    }

    /** Fails with a {@link Problem} if it is not what is written here. */
    static TokenRecord decode(byte[] bytes) {
        try {
            return RecordBytes.read(bytes);
        } catch (BufferUnderflowException | IllegalArgumentException | Problem notOurs) {
            throw Problem.damaged("record of a token: damaged (expected: as it was registered)");
        }
    }

    byte[] encode() {
        return RecordBytes.of(this);
    }

    UserInRealm holder() {
        return bundle.holder();
    }

    /** The same in another bundle of its holder, whose names stay spelled as they are. */
    TokenRecord in(Bundle other) {
        return new TokenRecord(kind, partner, new Bundle(holder(), other.number()), facts, expiry, signature);
    }

    /** The grant that the token with this record and this id belongs to: it is known by its access token, if it has one. */
    GrantId grant(TokenId id) {
        return kind == TokenKind.ACCESS ? GrantId.of(id) : partner.orElseGet(() -> GrantId.of(id));
    }

    /** Whether a repeated registration says the same, see {@link RecordDifferences}. */
    boolean saysTheSameAs(TokenRecord other) {
        return RecordDifferences.between(this, other).isEmpty();
    }

    boolean hasTheLifetimeOf(TokenRecord other) {
        return lifetime().equals(other.lifetime());
    }

    /** Give or take a second: whoever counts what is left in whole seconds has no better. */
    boolean expiresWith(TokenRecord other) {
        return Math.abs(expiry.getEpochSecond() - other.expiry.getEpochSecond()) <= 1;
    }

    /** Whether it was written by a version that kept less. */
    boolean isOld() {
        return signature.form() == Signature.Form.UNRECORDED;
    }

    private Duration lifetime() {
        return Duration.between(facts.issuedAt(), expiry);
    }
}
