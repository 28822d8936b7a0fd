package io.revoker.redis;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Registration;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.TokenStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The tokens in Redis; used by one event loop only.
 *
 * <p>A token is active if and only if its record is there and its grant says that it is live. The record is written first and never changes; the
 * grant is written once, by whoever finds no grant there, and from then on only ever loses its live flags. So a registration that stopped half-way is
 * not active, a repeated one completes it, and nothing brings an invalidated token back: its grant stays, as its own tombstone, until it expires.
 */
final class RedisTokenStore implements TokenStore {
    private final RedisLink link;
    private final Keys keys;
    private final int pieceSize;
    private final InstantSource time;
    private final RecordCache cache;
    private final Registrar registrar;
    private final TargetScan scan;

    RedisTokenStore(RedisLink link, Keys keys, StoreSettings settings, InstantSource time) {
        this.link = link;
        this.time = time;
        this.keys = keys;
        this.pieceSize = settings.pieceSize();
        this.cache = new RecordCache(settings.cachedRecords());
        this.registrar = new Registrar(link, keys, time);
        this.scan = new TargetScan(link, keys, settings.pageSize());
        link.onConnect(registrar::forget);
    }

    @Override
    public Future<Registration> register(Grant grant) {
        return registrar.register(grant);
    }

    @Override
    public Future<Optional<Token>> find(TokenId id) {
        return cache.get(id)
                .map(known ->
                        state(id, known).compose(token -> token.isPresent() ? Future.succeededFuture(token) : read(id)))
                .orElseGet(() -> read(id));
    }

    @Override
    public Future<Tally> invalidate(Token token) {
        return link.send(Script.INVALIDATE
                        .call()
                        .arg(keys.grants(token.holder()))
                        .arg(GrantState.field(token.grant()))
                        .arg(GrantState.live(token.kind())))
                .map(reply -> switch (reply.toInteger()) {
                    case 1 -> Tally.ONE_INVALIDATED;
                    case 0 -> Tally.ONE_PREVIOUSLY;
                    default -> Tally.NONE;
                });
    }

    @Override
    public Future<Page> page(Target target, Cursor cursor) {
        return scan.page(target, cursor);
    }

    @Override
    public Future<List<Swept>> sweep(List<Piece> pieces, Stamp before) {
        return Future.all(pieces.stream().map(piece -> sweep(piece, before)).toList())
                .map(all -> all.list());
    }

    private Future<Swept> sweep(Piece piece, Stamp before) {
        Cursor from = piece.from();
        return link.send(Script.SWEEP
                        .call()
                        .arg(keys.grants(piece.holder()))
                        .arg(before.micros())
                        .arg(from.equals(Cursor.START) ? "0" : from.value())
                        .arg(pieceSize))
                .map(reply -> swept(piece, reply))
                .recover(RedisTokenStore::sweptOrFailed);
    }

    /** What is wrong with the data of one holder is that holder's error; what is wrong with the server is everyone's. */
    private static Future<Swept> sweptOrFailed(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.INTERNAL
                ? Future.succeededFuture(new Swept(Tally.NONE, Optional.of(problem.text()), Optional.empty()))
                : Future.failedFuture(failure);
    }

    private static Swept swept(Piece piece, Response reply) {
        String next = reply.get(0).toString();
        Optional<Piece> rest =
                next.equals("0") ? Optional.empty() : Optional.of(new Piece(piece.holder(), new Cursor(next)));
        return new Swept(new Tally(reply.get(1).toLong(), reply.get(2).toLong()), Optional.empty(), rest);
    }

    /** Reads the record, and keeps a copy of it for as long as its token is found: an expired token may be registered anew, as another's. */
    private Future<Optional<Token>> read(TokenId id) {
        cache.remove(id);
        return link.send(Request.cmd(Command.HGET).arg(keys.records(id)).arg(id.bytes()))
                .compose(reply -> {
                    if (reply == null) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    TokenRecord found = TokenRecord.decode(reply.toBytes());
                    return state(id, found).onSuccess(token -> token.ifPresent(present -> cache.put(id, found)));
                });
    }

    private Future<Optional<Token>> state(TokenId id, TokenRecord found) {
        return link.send(Request.cmd(Command.HGET)
                        .arg(keys.grants(found.holder()))
                        .arg(GrantState.field(found.grant(id))))
                .map(reply -> reply == null
                        ? Optional.<Token>empty()
                        : token(id, found, GrantState.decode(reply.toBytes()))
                                .filter(token -> !token.isExpiredAt(time.instant())));
    }

    private static Optional<Token> token(TokenId id, TokenRecord found, GrantState state) {
        TokenKind kind = found.kind();
        if (!state.has(kind)) {
            return Optional.empty();
        }
        return Optional.of(new Token(
                id,
                kind,
                found.holder(),
                found.grant(id),
                found.facts(),
                state.expiry(kind),
                state.state(kind),
                state.birth()));
    }
}
