package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.tokens.Rotations.Rotation;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Reads what is registered of the tokens of a pair that can't be registered as one grant. */
final class Standings {
    private final TokenReader reader;
    private final InstantSource time;
    private final Births births;

    Standings(TokenReader reader, InstantSource time, Births births) {
        this.reader = reader;
        this.time = time;
        this.births = births;
    }

    /**
     * What is there of a pair.
     *
     * @param rotation if one of its tokens stays, and the other one is new
     * @param isNew whether neither of them is known
     */
    record Standing(Optional<Rotation> rotation, boolean isNew) {}

    Future<Standing> of(Grant pair) {
        Future<Optional<TokenRecord>> access = record(pair.first().id());
        Future<Optional<TokenRecord>> refresh =
                record(pair.refresh().orElseThrow().id());
        return Future.join(access, refresh)
                .compose(both -> beside(access.result(), pair)
                        .compose(renewed -> renewed.isPresent()
                                ? Future.succeededFuture(renewed)
                                : besideRefresh(refresh.result(), pair)))
                .map(rotation -> new Standing(
                        rotation, access.result().isEmpty() && refresh.result().isEmpty()));
    }

    Future<Optional<TokenRecord>> record(TokenId id) {
        return reader.record(id).map(found -> found.map(TokenRecord::decode));
    }

    /** A new refresh token, if the one of this name that was with the access token has expired. */
    private Future<Optional<Rotation>> beside(Optional<TokenRecord> access, Grant pair) {
        Granted shown = pair.first();
        return access.filter(held -> TokenRecord.of(pair, TokenKind.ACCESS, shown, Bundle.first(pair.holder()))
                        .saysTheSameAs(held))
                .map(held -> state(shown.id(), held)
                        .compose(state -> state.filter(known -> known.hasEnded(TokenKind.REFRESH, time.instant()))
                                .map(known -> rotation(pair, TokenKind.ACCESS, known))
                                .orElseGet(Standings::none)))
                .orElseGet(Standings::none);
    }

    private Future<Optional<Rotation>> besideRefresh(Optional<TokenRecord> refresh, Grant pair) {
        TokenId id = pair.refresh().orElseThrow().id();
        return refresh.filter(held -> belongs(held, pair))
                .map(held -> state(id, held)
                        .compose(state -> state.map(known -> rotation(pair, TokenKind.REFRESH, known))
                                .orElseGet(Standings::none)))
                .orElseGet(Standings::none);
    }

    private static Future<Optional<Rotation>> none() {
        return Future.succeededFuture(Optional.empty());
    }

    private static boolean belongs(TokenRecord held, Grant grant) {
        return held.kind() == TokenKind.REFRESH
                && held.holder().equals(grant.holder())
                && held.facts().clientId().equals(grant.facts().clientId())
                && grant.refresh()
                        .filter(shown -> held.signature().admits(shown.signature()))
                        .isPresent();
    }

    private Future<Optional<Rotation>> rotation(Grant pair, TokenKind stays, GrantState state) {
        Instant expiry = state.expiry(stays);
        return !state.has(stays) || !expiry.isAfter(time.instant())
                ? none()
                : births.newestMark(pair.holder())
                        .map(mark ->
                                Optional.of(new Rotation(as(pair, stays, expiry), stays, isLive(state, stays, mark))));
    }

    private static boolean isLive(GrantState state, TokenKind kind, Stamp mark) {
        return state.state(kind) == Token.State.LIVE && !mark.isAfter(state.birth());
    }

    private static Grant as(Grant pair, TokenKind stays, Instant expiry) {
        boolean access = stays == TokenKind.ACCESS;
        return new Grant(
                pair.holder(),
                pair.access().map(token -> access ? token.until(expiry) : token),
                pair.refresh().map(token -> access ? token : token.until(expiry)),
                pair.facts());
    }

    private Future<Optional<GrantState>> state(TokenId id, TokenRecord held) {
        return reader.grantAndSweep(id, held)
                .map(reply -> Optional.ofNullable(reply.get(0))
                        .filter(grant -> GrantState.isSound(grant.toBytes()))
                        .map(sound -> TokenReader.state(reply)));
    }
}
