package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.tokens.Standings.Standing;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Registers pairs of which one token is there and stays as it is. An authorization server that gives a new access token for a refresh token may let that
 * one stay (RFC 6749, section 6); and of a pair one token may have expired before the other, so that its text is a new token. The new token is then a grant
 * of its own, of the same holder and client, with its own facts: a record names one partner and never changes.
 */
final class Rotations {
    /** How often the same pair may come in between. */
    private static final int TRIES = 20;

    private final Standings standings;
    private final Function<Grant, Future<Registration>> asOne;

    /** @param asOne registers tokens as one grant */
    Rotations(Standings standings, Function<Grant, Future<Registration>> asOne) {
        this.standings = standings;
        this.asOne = asOne;
    }

    /** Registers tokens as one grant, or the new one alone if they are such a pair. */
    Future<Registration> register(Grant grant) {
        return register(grant, TRIES);
    }

    private Future<Registration> register(Grant grant, int left) {
        return asOne.apply(grant)
                .compose(done -> done.outcome() == Outcome.CONFLICT && isPair(grant)
                        ? standings.of(grant).compose(standing -> beside(grant, done, standing, left))
                        : Future.succeededFuture(done));
    }

    private static boolean isPair(Grant grant) {
        return grant.access().isPresent() && grant.refresh().isPresent();
    }

    private Future<Registration> beside(Grant pair, Registration conflict, Standing standing, int left) {
        if (standing.rotation().isPresent()) {
            return rotated(pair, conflict, standing.rotation().get(), left);
        }
        return standing.isNew() && left > 1 ? oneByOne(pair, conflict, left) : Future.succeededFuture(conflict);
    }

    /** The place of the pair is taken by one whose access token has expired, and whose refresh token is another one and has not. */
    private Future<Registration> oneByOne(Grant pair, Registration conflict, int left) {
        Grant refresh = new Grant(pair.holder(), Optional.empty(), pair.refresh(), pair.facts());
        return asOne.apply(refresh)
                .compose(done -> done.outcome() == Outcome.CONFLICT
                        ? Future.succeededFuture(conflict)
                        : register(pair, left - 1));
    }

    private Future<Registration> rotated(Grant pair, Registration conflict, Rotation known, int left) {
        if (!known.isLive()) {
            return Future.succeededFuture(known.dead());
        }
        return asOne.apply(known.fresh())
                .compose(done -> done.outcome() == Outcome.CONFLICT
                        ? again(pair, narrowed(conflict, done), known, left)
                        : Future.succeededFuture(known.done(done)));
    }

    /** The new token is no pair: what is in the way of both is in the way of the rotation, if this is one. */
    private static Registration narrowed(Registration asPair, Registration asFresh) {
        Set<String> both =
                asPair.fields().stream().filter(asFresh.fields()::contains).collect(Collectors.toSet());
        return both.isEmpty() ? asPair : Registration.conflict(asPair.grant(), both);
    }

    /** While somebody else tries to register the same pair as one grant, the record of its new token says so. */
    private Future<Registration> again(Grant pair, Registration conflict, Rotation rotation, int left) {
        return standings
                .record(rotation.fresh().first().id())
                .compose(held ->
                        left > 1 && held.map(token -> isOf(token, rotation)).orElse(true)
                                ? register(pair, left - 1)
                                : Future.succeededFuture(conflict));
    }

    private static boolean isOf(TokenRecord held, Rotation rotation) {
        TokenKind kind = rotation.freshKind();
        return Stream.of(rotation.fresh(), rotation.whole())
                .map(grant -> TokenRecord.of(grant, kind, grant.get(kind).orElseThrow(), Bundle.first(grant.holder())))
                .anyMatch(held::saysTheSameAs);
    }

    /**
     * What is new of a pair.
     *
     * @param whole with the token that stays as it is registered
     * @param stays which of them that is
     * @param isLive whether it is live
     */
    record Rotation(Grant whole, TokenKind stays, boolean isLive) {
        /** The new token alone. */
        Grant fresh() {
            boolean access = freshKind() == TokenKind.ACCESS;
            return new Grant(
                    whole.holder(),
                    access ? whole.access() : Optional.empty(),
                    access ? Optional.empty() : whole.refresh(),
                    whole.facts());
        }

        TokenKind freshKind() {
            return stays.other();
        }

        Registration dead() {
            return new Registration(Outcome.INVALIDATED, whole, Set.of(stays.field()));
        }

        /** What came of it as a whole, by what came of its new token. */
        Registration done(Registration fresh) {
            Grant it = fresh.grant();
            Grant both = stays == TokenKind.REFRESH
                    ? new Grant(it.holder(), it.access(), whole.refresh(), it.facts())
                    : new Grant(it.holder(), whole.access(), it.refresh(), it.facts());
            boolean dead = fresh.outcome() == Outcome.INVALIDATED;
            return new Registration(
                    fresh.outcome(), both, dead ? Set.of(freshKind().field()) : Set.of());
        }
    }
}
