package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises a pair whose refresh token is registered already, with another access token: an authorization server that gives a new access token for a
 * refresh token may let that one stay as it is (RFC 6749, section 6). The new access token is then a grant of its own, of the same holder and client, with
 * its own facts: a record names one partner and never changes.
 */
final class Rotations {
    private static final byte[] NOTHING = {};

    /** How often the same pair may come in between. */
    private static final int TRIES = 20;

    private final RedisLink link;
    private final Keys keys;
    private final InstantSource time;
    private final Births births;
    private final Function<Grant, Future<Registration>> asOne;

    /** @param asOne registers tokens as one grant */
    Rotations(
            RedisLink link, Keys keys, InstantSource time, Births births, Function<Grant, Future<Registration>> asOne) {
        this.link = link;
        this.keys = keys;
        this.time = time;
        this.births = births;
        this.asOne = asOne;
    }

    /** Registers tokens as one grant, or the access token alone if they are such a pair. */
    Future<Registration> register(Grant grant) {
        return register(grant, TRIES);
    }

    private Future<Registration> register(Grant grant, int left) {
        return asOne.apply(grant)
                .compose(done -> done.outcome() == Outcome.CONFLICT
                        ? of(grant).compose(rotation -> rotated(done, rotation, left))
                        : Future.succeededFuture(done));
    }

    private Future<Registration> rotated(Registration conflict, Optional<Rotation> rotation, int left) {
        if (rotation.isEmpty()) {
            return Future.succeededFuture(conflict);
        }
        Rotation known = rotation.get();
        if (!known.isLive()) {
            return Future.succeededFuture(
                    new Registration(Outcome.INVALIDATED, known.whole(), Set.of("refresh_token")));
        }
        return asOne.apply(known.access())
                .compose(done -> done.outcome() == Outcome.CONFLICT
                        ? again(narrowed(conflict, done), known, left)
                        : Future.succeededFuture(known.done(done)));
    }

    /** The access token is no pair: what is in the way of both is in the way of the rotation, if this is one. */
    private static Registration narrowed(Registration asPair, Registration asAccess) {
        Set<String> both =
                asPair.fields().stream().filter(asAccess.fields()::contains).collect(Collectors.toSet());
        return both.isEmpty() ? asPair : Registration.conflict(asPair.grant(), both);
    }

    /** While somebody else tries to register the same pair as one grant, the record of its access token says so. */
    private Future<Registration> again(Registration conflict, Rotation rotation, int left) {
        return record(rotation.access().first().id())
                .compose(held ->
                        left > 1 && held.map(access -> isOf(access, rotation)).orElse(true)
                                ? register(conflict.grant(), left - 1)
                                : Future.succeededFuture(conflict));
    }

    private static boolean isOf(TokenRecord access, Rotation rotation) {
        return Stream.of(rotation.access(), rotation.whole())
                .map(grant -> TokenRecord.of(grant, TokenKind.ACCESS, grant.first(), Bundle.first(grant.holder())))
                .anyMatch(access::saysTheSameAs);
    }

    /** Empty if the grant is no such pair. */
    private Future<Optional<Rotation>> of(Grant grant) {
        if (grant.access().isEmpty() || grant.refresh().isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        Granted refresh = grant.refresh().get();
        return record(refresh.id())
                .compose(record -> record.filter(held -> belongs(held, grant))
                        .map(held -> rotation(grant, refresh, held))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    private Future<Optional<TokenRecord>> record(TokenId id) {
        return link.send(Call.of(Command.HGET, keys.records(id)).arg(id.bytes()))
                .map(reply -> Optional.ofNullable(reply).map(Response::toBytes).map(TokenRecord::decode));
    }

    private boolean belongs(TokenRecord held, Grant grant) {
        return held.kind() == TokenKind.REFRESH
                && held.holder().equals(grant.holder())
                && held.facts().clientId().equals(grant.facts().clientId())
                && grant.refresh()
                        .filter(shown -> held.signature().admits(shown.signature()))
                        .isPresent();
    }

    private Future<Optional<Rotation>> rotation(Grant grant, Granted refresh, TokenRecord held) {
        return Future.join(state(refresh, held), births.newestMark(grant.holder()))
                .map(both -> both.<Optional<GrantState>>resultAt(0)
                        .filter(state -> state.has(TokenKind.REFRESH)
                                && state.expiry(TokenKind.REFRESH).isAfter(time.instant()))
                        .map(state -> new Rotation(
                                new Grant(
                                        grant.holder(),
                                        grant.access(),
                                        Optional.of(refresh.until(state.expiry(TokenKind.REFRESH))),
                                        grant.facts()),
                                state.state(TokenKind.REFRESH) == Token.State.LIVE
                                        && !both.<Stamp>resultAt(1).isAfter(state.birth()))));
    }

    private Future<Optional<GrantState>> state(Granted refresh, TokenRecord held) {
        return link.send(Call.of(Command.HMGET, keys.grants(held.bundle()))
                        .arg(GrantState.field(held.grant(refresh.id())))
                        .arg(""))
                .map(reply -> {
                    byte[] sweep = Optional.ofNullable(reply.get(1))
                            .map(Response::toBytes)
                            .orElse(NOTHING);
                    return Optional.ofNullable(reply.get(0))
                            .map(Response::toBytes)
                            .filter(GrantState::isSound)
                            .map(state -> GrantState.decode(state).after(sweep));
                });
    }
}
