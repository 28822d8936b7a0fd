package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.TokenStore;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The tokens in Redis; used by one event loop only.
 *
 * <p>A token is active if and only if its record is there, its grant says that it is live, and no sweep of its bundle is newer than its birth. The record
 * is written first and never changes; the grant is written once, by whoever finds no grant there, and from then on only ever loses its live flags. So a
 * registration that stopped half-way is not active, a repeated one completes it, and nothing brings an invalidated token back: its grant stays, as its
 * own tombstone, until it expires.
 */
public final class RedisTokenStore implements TokenStore {
    private final RedisLink link;
    private final Keys keys;
    private final InstantSource time;
    private final TokenReader reader;
    private final RecordCache cache;
    private final Registrar registrar;
    private final TargetScan scan;
    private final Sweeper sweeper;
    private final SweepTotals totals;

    /** @param realms of users */
    public RedisTokenStore(
            RedisLink link,
            Keys keys,
            StoreSettings settings,
            Births births,
            InstantSource time,
            RealmsOfUsers realms) {
        this.link = link;
        this.time = time;
        this.keys = keys;
        this.reader = new TokenReader(link, keys);
        this.cache = new RecordCache(settings.cachedRecords());
        this.registrar = new Registrar(link, keys, time, births, RandomGenerator.getDefault(), realms);
        this.scan = new TargetScan(new IndexScan(link), keys, realms, settings.pageSize());
        this.sweeper = new Sweeper(link, keys, settings.pieceSize());
        this.totals = new SweepTotals(link, keys);
        link.onChange(registrar::forget);
    }

    @Override
    public Future<Registration> register(Grant grant) {
        return registrar.register(grant);
    }

    @Override
    public Future<Optional<Token>> find(TokenId id) {
        Optional<TokenRecord> cached = cache.get(id);
        return cached.isPresent() && cached.get().expiry().isAfter(time.instant())
                ? stateOrAnew(id, cached.get())
                : read(id);
    }

    @Override
    public Future<Tally> invalidate(Token token) {
        TokenId id = token.id();
        Optional<TokenRecord> cached = cache.get(id);
        return cached.isPresent()
                ? invalidate(id, cached.get())
                : reader.record(id)
                        .compose(found -> found.isPresent()
                                ? invalidate(id, TokenRecord.decode(found.get()))
                                : Future.succeededFuture(Tally.NONE));
    }

    @Override
    public Future<Page> page(Target target, Cursor cursor) {
        return scan.page(target, cursor);
    }

    @Override
    public Future<Page> pageAfter(Future<?> written, Target target) {
        return scan.pageAfter(written, target);
    }

    @Override
    public Future<Long> size(Target target) {
        return scan.size(target);
    }

    @Override
    public Future<Boolean> hasAny(List<UserInRealm> holders) {
        return Future.all(holders.stream().map(this::hasGrants).toList())
                .map(all -> all.<Boolean>list().contains(true));
    }

    /** The first bundle is there as long as any of them is. */
    private Future<Boolean> hasGrants(UserInRealm holder) {
        return link.send(Call.of(Command.HLEN, keys.grants(Bundle.first(holder))))
                .map(entries -> entries.toInteger() > 0);
    }

    @Override
    public Future<Map<String, Tally>> totals(Target target, Stamp sweep) {
        return totals.read(target, sweep);
    }

    @Override
    public Future<Swept> sweep(Target target, List<Piece> pieces, Pass pass) {
        Future<?> expected = totals.expect(target, pass.before(), pieces);
        Future<Swept> swept = sweeper.sweep(pieces, pass, expected);
        return expected.compose(noted -> swept);
    }

    @Override
    public String part(UserInRealm holder) {
        return keys.tag(holder);
    }

    @Override
    public Future<Void> forget(Set<String> parts, Stamp sweep) {
        return totals.forget(parts, sweep);
    }

    @Override
    public long incarnation() {
        return link.incarnation();
    }

    private Future<Tally> invalidate(TokenId id, TokenRecord known) {
        return link.send(Script.INVALIDATE
                        .call(keys.grants(known.bundle()))
                        .arg(GrantState.field(known.grant(id)))
                        .arg(GrantState.live(known.kind())))
                .map(reply -> switch (reply.toInteger()) {
                    case 1 -> Tally.ONE_INVALIDATED;
                    case 0 -> Tally.ONE_PREVIOUSLY;
                    case -2 -> throw Problem.damaged("grant: damaged just now (expected: as it was registered)");
                    default -> Tally.NONE;
                });
    }

    /** Reads the record, and keeps a copy of it for as long as its token is found: an expired token may be registered anew, as another's. */
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
                        ? Future.succeededFuture(Optional.of(damaged(id, known)))
                        : Future.failedFuture(failure));
    }

    private Optional<Token> token(TokenId id, TokenRecord known, Response reply) {
        Response sweep = reply.get(1);
        return GrantState.isSound(reply.get(0).toBytes()) && (sweep == null || GrantState.isSweep(sweep.toBytes()))
                ? token(id, known, TokenReader.state(reply))
                : Optional.of(damaged(id, known));
    }

    /** When it was born is not known: it is older than every mark. */
    private static Token damaged(TokenId id, TokenRecord known) {
        return new Token(
                id,
                known.signature(),
                known.kind(),
                known.holder(),
                known.facts(),
                known.expiry(),
                Token.State.DAMAGED,
                Stamp.NONE);
    }

    private Optional<Token> token(TokenId id, TokenRecord known, GrantState state) {
        TokenKind kind = known.kind();
        Instant expiry = state.expiry(kind);
        if (!state.has(kind) || !expiry.isAfter(time.instant())) {
            return Optional.empty();
        }
        return Optional.of(new Token(
                id, known.signature(), kind, known.holder(), known.facts(), expiry, state.state(kind), state.birth()));
    }
}
