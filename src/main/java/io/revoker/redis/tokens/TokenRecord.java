package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.Signature;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.log.RegisteredText;
import io.revoker.redis.tokens.GrantState.GrantId;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of a token by its id: written once, never changed, so that a node may cache it without staleness.
 * {@link RecordBytes} has the encoding.
 *
 * @param partner the other token of a pair
 * @param bundle where the grant is
 */
record TokenRecord(
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

    /** Fails with a {@link Problem} if the bytes are not a record. */
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

    /** What the log says of the token, behind its expiry. */
    String registered() {
        return RegisteredText.behindExpiry(holder().realm(), partner.map(GrantId::value));
    }

    /** The same in another bundle of its holder, whose names keep their spelling. */
    TokenRecord in(Bundle other) {
        return new TokenRecord(kind, partner, new Bundle(holder(), other.number()), facts, expiry, signature);
    }

    /**
     * The grant of the token that has this record and this id. A grant's id is that of its access token, if it has
     * one.
     */
    GrantId grant(TokenId id) {
        return kind == TokenKind.ACCESS ? GrantId.of(id) : partner.orElseGet(() -> GrantId.of(id));
    }

    /** The field of that grant in the hash of its bundle. */
    byte[] field(TokenId id) {
        return bundle.field(grant(id).value());
    }

    /** The token in this state of its grant; empty if the grant does not have it, or it has expired by now. */
    Optional<Token> token(TokenId id, GrantState state, Instant now) {
        return state.has(kind) && state.expiry(kind).isAfter(now)
                ? Optional.of(token(id, state.expiry(kind), state.state(kind), state.birth()))
                : Optional.empty();
    }

    /** The token if its grant is damaged. Its birth is not known, so every mark is newer. */
    Token damaged(TokenId id) {
        return token(id, expiry, Token.State.DAMAGED, Stamp.NONE);
    }

    /** The token as it was registered, while the state of its grant has not been read. */
    Token unread(TokenId id) {
        return token(id, expiry, Token.State.LIVE, Stamp.NONE);
    }

    private Token token(TokenId id, Instant until, Token.State state, Stamp birth) {
        return new Token(id, signature, kind, holder(), facts, until, state, birth, partner.map(GrantId::value));
    }

    /** Whether a repeated registration is the same, see {@link RecordDifferences}. */
    boolean saysTheSameAs(TokenRecord other) {
        return RecordDifferences.between(this, other).isEmpty();
    }

    boolean hasTheLifetimeOf(TokenRecord other) {
        return lifetime().equals(other.lifetime());
    }

    /**
     * With a tolerance of one second: a caller that sends the remaining lifetime in whole seconds can't be more exact.
     */
    boolean expiresWith(TokenRecord other) {
        return Math.abs(expiry.getEpochSecond() - other.expiry.getEpochSecond()) <= 1;
    }

    /** Whether it was written by a version that stored no signatures. */
    boolean isOld() {
        return signature.form() == Signature.Form.UNRECORDED;
    }

    private Duration lifetime() {
        return Duration.between(facts.issuedAt(), expiry);
    }
}
