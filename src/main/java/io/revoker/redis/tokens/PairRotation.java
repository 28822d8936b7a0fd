package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.tokens.PairLookup.Standing;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Registers pairs of which one token is registered already and stays as it is. There are two such cases. An
 * authorization server that issues a new access token for a refresh token may keep that refresh token (RFC 6749,
 * section 6). And one token of a pair may have expired before the other, so that its text is a new token. The new
 * token then becomes a grant of its own, with the same holder and client and its own facts, because a record names one
 * partner and never changes.
 */
final class PairRotation {
    /** How often the same pair may be registered by another request in between. */
    private static final int TRIES = 20;

    private final PairLookup lookup;
    private final Function<Grant, Future<Registration>> asOne;

    /** @param asOne registers tokens as one grant */
    PairRotation(PairLookup lookup, Function<Grant, Future<Registration>> asOne) {
        this.lookup = lookup;
        this.asOne = asOne;
    }

    /** Registers the tokens as one grant, or the new token alone if this is such a pair. */
    Future<Registration> register(Grant grant) {
        return register(grant, TRIES);
    }

    private Future<Registration> register(Grant grant, int left) {
        return asOne.apply(grant)
                .compose(done -> done.outcome() == Outcome.CONFLICT && isPair(grant)
                        ? lookup.of(grant).compose(standing -> beside(grant, done, standing, left))
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

    /**
     * The pair's place is taken by another pair, whose access token has expired and whose different refresh token has
     * not.
     */
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

    /**
     * The new token alone is not a pair: the fields that conflict both times are the ones that prevent the rotation.
     */
    private static Registration narrowed(Registration asPair, Registration asFresh) {
        Set<String> both =
                asPair.fields().stream().filter(asFresh.fields()::contains).collect(Collectors.toSet());
        return both.isEmpty() ? asPair : Registration.conflict(asPair.grant(), both);
    }

    /** If another request is registering the same pair as one grant, the record of its new token shows that. */
    private Future<Registration> again(Grant pair, Registration conflict, Rotation rotation, int left) {
        return lookup.record(rotation.fresh().first().id())
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
     * A pair of which one token is new.
     *
     * @param whole the pair, with the registered token as it is registered
     * @param stays the kind of the registered token
     * @param isLive whether the registered token is live
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

        /** The result for the whole pair, derived from the result for its new token. */
        Registration done(Registration fresh) {
            Grant it = fresh.grant();
            Grant both = stays == TokenKind.REFRESH
                    ? new Grant(it.holder(), it.access(), whole.refresh(), it.facts())
                    : new Grant(it.holder(), whole.access(), it.refresh(), it.facts());
            boolean dead = fresh.outcome() == Outcome.INVALIDATED;
            Set<String> fields =
                    fresh.fields().isEmpty() && dead ? Set.of(freshKind().field()) : fresh.fields();
            return new Registration(fresh.outcome(), both, fields);
        }
    }
}
