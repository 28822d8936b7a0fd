package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Tally;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.TokenStore.Pair;
import io.revoker.domain.store.TokenStore.Sent;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds and invalidates tokens by their ids. The records of those that were found are cached: they never change. */
final class SingleTokens {
    private final RedisLink link;
    private final Keys keys;
    private final TokenReader reader;
    private final RecordCache cache;
    private final InstantSource time;
    private final GrantFacts facts;

    SingleTokens(RedisLink link, Keys keys, RecordCache cache, InstantSource time, GrantFacts facts) {
        this.link = link;
        this.keys = keys;
        this.reader = new TokenReader(link, keys);
        this.cache = cache;
        this.time = time;
        this.facts = facts;
    }

    /** Empty if it is not registered, or has expired. */
    Future<Optional<Token>> find(TokenId id) {
        Optional<TokenRecord> cached = cache.get(id);
        return cached.isPresent() && cached.get().expiry().isAfter(time.instant())
                ? stateOrAnew(id, cached.get())
                : read(id);
    }

    /** Both tokens of the pair of a token; empty if it is damaged or has gone. */
    Future<Optional<Pair>> pair(Token token) {
        return reader.record(token.id())
                .compose(found -> found.isPresent()
                        ? pair(token, TokenRecord.decode(found.get()))
                        : Future.succeededFuture(Optional.empty()));
    }

    /** The record of a refresh token does not say what is known of its access token only. */
    private Future<Optional<Pair>> pair(Token token, TokenRecord known) {
        Future<Response> grant = reader.grantAndSweep(token.id(), known);
        Future<Optional<Grant.Facts>> all = facts.readable(known.grant(token.id()), known.bundle());
        return Future.all(grant, all).map(both -> {
            Response state = grant.result().get(0);
            return state != null && GrantState.isSound(state.toBytes())
                    ? Optional.of(
                            pair(known.holder(), all.result().orElse(token.facts()), TokenReader.state(grant.result())))
                    : Optional.empty();
        });
    }

    private Pair pair(UserInRealm holder, Grant.Facts all, GrantState state) {
        return new Pair(
                holder,
                all,
                state.birth(),
                state.unexpiredAt(time.instant()).stream().collect(Collectors.toMap(kind -> kind, state::state)));
    }

    /** Nothing is counted for a token that is not registered. */
    Future<Sent> sendInvalidation(TokenId id, Extent extent) {
        Optional<TokenRecord> cached = cache.get(id);
        return cached.isPresent()
                ? Future.succeededFuture(new Sent(invalidate(id, cached.get(), extent)))
                : reader.record(id)
                        .map(found -> new Sent(
                                found.isPresent()
                                        ? invalidate(id, TokenRecord.decode(found.get()), extent)
                                        : Future.succeededFuture(Tally.NONE)));
    }

    private Future<Tally> invalidate(TokenId id, TokenRecord known, Extent extent) {
        TokenKind kind = known.kind();
        return link.send(Script.INVALIDATE
                        .call(keys.grants(known.bundle()))
                        .arg(GrantState.field(known.grant(id)))
                        .arg(GrantState.live(kind))
                        .arg(extent == Extent.GRANT ? GrantState.live(kind.other()) : 0))
                .map(SingleTokens::tally);
    }

    private static Tally tally(@Nullable Response reply) {
        if (reply == null) {
            throw Problem.damaged("grant: damaged in the meantime (expected: as it was registered)");
        }
        return new Tally(reply.get(0).toLong(), reply.get(1).toLong());
    }

    /**
     * Reads the record, and caches it only if its token is found: an expired token may be registered again, for
     * another holder.
     */
    private Future<Optional<Token>> read(TokenId id) {
        cache.remove(id);
        return reader.record(id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : state(id, TokenRecord.decode(found.get()))
                                .onSuccess(token -> token.ifPresent(present -> cache.put(id, found.get()))));
    }

    private Future<Optional<Token>> stateOrAnew(TokenId id, TokenRecord known) {
        return state(id, known).compose(token -> token.isPresent() ? Future.succeededFuture(token) : read(id));
    }

    private Future<Optional<Token>> state(TokenId id, TokenRecord known) {
        return reader.grantAndSweep(id, known)
                .map(reply -> reply.get(0) == null ? Optional.<Token>empty() : token(id, known, reply))
                .recover(failure -> RedisFailure.isOfAnotherType(failure)
                        ? Future.succeededFuture(Optional.of(known.damaged(id)))
                        : Future.failedFuture(failure));
    }

    private Optional<Token> token(TokenId id, TokenRecord known, Response reply) {
        Response sweep = reply.get(1);
        return GrantState.isSound(reply.get(0).toBytes()) && (sweep == null || GrantState.isSweep(sweep.toBytes()))
                ? known.token(id, TokenReader.state(reply), time.instant())
                : Optional.of(known.damaged(id));
    }
}
