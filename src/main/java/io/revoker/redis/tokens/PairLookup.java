package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.tokens.PairRotation.Rotation;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Reads what is registered of the tokens of a pair that can't be registered as one grant. */
final class PairLookup {
    private final TokenReader reader;
    private final InstantSource time;
    private final MarkRace race;

    PairLookup(TokenReader reader, InstantSource time, MarkRace race) {
        this.reader = reader;
        this.time = time;
        this.race = race;
    }

    /**
     * What is registered of a pair.
     *
     * @param rotation present if one of its tokens is registered, and the other one is new
     * @param isNew whether neither of them is registered
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

    /**
     * The pair has a new refresh token, if the refresh token that was registered with this access token has expired.
     */
    private Future<Optional<Rotation>> beside(Optional<TokenRecord> access, Grant pair) {
        Granted shown = pair.first();
        return access.filter(held -> TokenRecord.of(pair, TokenKind.ACCESS, shown, Bundle.first(pair.holder()))
                        .saysTheSameAs(held))
                .map(held -> state(shown.id(), held)
                        .compose(state -> state.filter(known -> known.hasEnded(TokenKind.REFRESH, time.instant()))
                                .map(known -> rotation(pair, held, known))
                                .orElseGet(PairLookup::none)))
                .orElseGet(PairLookup::none);
    }

    private Future<Optional<Rotation>> besideRefresh(Optional<TokenRecord> refresh, Grant pair) {
        TokenId id = pair.refresh().orElseThrow().id();
        return refresh.filter(held -> belongs(held, pair))
                .map(held -> state(id, held)
                        .compose(state ->
                                state.map(known -> rotation(pair, held, known)).orElseGet(PairLookup::none)))
                .orElseGet(PairLookup::none);
    }

    private static Future<Optional<Rotation>> none() {
        return Future.succeededFuture(Optional.empty());
    }

    private static boolean belongs(TokenRecord held, Grant grant) {
        return held.kind() == TokenKind.REFRESH
                && held.holder().equals(grant.holder())
                && held.facts().clientId().equals(grant.facts().clientId())
                && isOfTheSession(held.facts().session(), grant.facts().session())
                && grant.refresh()
                        .filter(shown -> held.signature().admits(shown.signature()))
                        .isPresent();
    }

    /** One that was registered without a session may be of any: earlier builds registered none. */
    private static boolean isOfTheSession(String held, String session) {
        return held.isEmpty() || held.equals(session);
    }

    private Future<Optional<Rotation>> rotation(Grant pair, TokenRecord held, GrantState state) {
        TokenKind stays = held.kind();
        Instant expiry = state.expiry(stays);
        Instant issuedAt = held.facts().issuedAt();
        return !state.has(stays) || !expiry.isAfter(time.instant())
                ? none()
                : race.marks()
                        .coverOf(new Traits(pair.holder(), pair.facts(), Set.of(stays)))
                        .map(cover -> state.state(stays) == Token.State.LIVE && !cover.kills(state.birth(), issuedAt))
                        .map(live -> Optional.of(new Rotation(as(pair, stays, expiry), stays, live)));
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
