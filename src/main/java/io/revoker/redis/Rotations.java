package io.revoker.redis;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Recognises a pair whose refresh token is registered already, with another access token: an authorization server that gives a new access token for a
 * refresh token may let that one stay as it is (RFC 6749, section 6). The new access token is then a grant of its own, of the same holder and client, with
 * its own facts: a record names one partner and never changes.
 */
final class Rotations {
    private static final byte[] NOTHING = {};

    private final RedisLink link;
    private final Keys keys;
    private final InstantSource time;
    private final Births births;

    Rotations(RedisLink link, Keys keys, InstantSource time, Births births) {
        this.link = link;
        this.keys = keys;
        this.time = time;
        this.births = births;
    }

    /**
     * What is new of a pair.
     *
     * @param whole with the refresh token as it is registered
     * @param isLive whether the refresh token is
     */
    record Rotation(Grant whole, boolean isLive) {
        Grant access() {
            return new Grant(whole.holder(), whole.access(), Optional.empty(), whole.facts());
        }

        Grant with(Grant access) {
            return new Grant(access.holder(), access.access(), whole.refresh(), access.facts());
        }
    }

    /** Empty if the grant is no such pair. */
    Future<Optional<Rotation>> of(Grant grant) {
        if (grant.access().isEmpty() || grant.refresh().isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        Granted refresh = grant.refresh().get();
        return link.send(Call.of(Command.HGET, keys.records(refresh.id()))
                        .arg(refresh.id().bytes()))
                .map(reply -> Optional.ofNullable(reply).map(Response::toBytes).map(TokenRecord::decode))
                .compose(record -> record.filter(held -> belongs(held, grant))
                        .map(held -> rotation(grant, refresh, held))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())));
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
