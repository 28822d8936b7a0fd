package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Target.OneToken;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.audit.Keeping.Note;
import io.revoker.domain.store.SingleRevocations;
import io.revoker.domain.store.SingleRevocations.Prepared;
import io.revoker.domain.store.SingleRevocations.Revoked;
import io.revoker.domain.store.TokenStore.Pair;
import io.revoker.domain.store.TokenStore.Sent;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.log.SingleEntries;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds and invalidates tokens by their ids. The records of those that were found are cached: they never change. */
final class SingleTokens {
    private static final Pattern WORDS = Pattern.compile(" ");
    private static final int WORDS_OF_A_REPLY = 4;
    private static final String NOTHING_DONE = "0";
    private static final String UNLOGGED = "!";

    private final RedisLink link;
    private final Keys keys;
    private final TokenReader reader;
    private final RecordCache cache;
    private final InstantSource time;
    private final GrantFacts facts;
    private final SingleEntries entries;

    SingleTokens(
            RedisLink link, Keys keys, RecordCache cache, InstantSource time, GrantFacts facts, SingleEntries entries) {
        this.link = link;
        this.keys = keys;
        this.reader = new TokenReader(link, keys);
        this.cache = cache;
        this.time = time;
        this.facts = facts;
        this.entries = entries;
    }

    /** Empty if it is not registered, or has expired. */
    Future<Optional<Token>> find(TokenId id) {
        Optional<TokenRecord> cached = cache.get(id);
        return cached.isPresent() && cached.get().expiry().isAfter(time.instant())
                ? state(id, cached.get(), () -> read(id))
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
        Call invalidate = Script.INVALIDATE.call(keys.grants(known.bundle()));
        return link.send(addInvalidation(invalidate, id, known, extent)).map(SingleTokens::tally);
    }

    private static Call addInvalidation(Call script, TokenId id, TokenRecord known, Extent extent) {
        TokenKind kind = known.kind();
        return script.arg(known.field(id))
                .arg(GrantState.live(kind))
                .arg(extent == Extent.GRANT ? GrantState.live(kind.other()) : 0);
    }

    /** See {@link SingleRevocations}; only where one server has all keys. */
    Future<Optional<Prepared>> prepare(OneToken target) {
        return link.hasAllSlots()
                ? reader.record(target.id())
                        .map(found -> found.map(TokenRecord::decode)
                                .filter(known -> known.kind() == target.kind())
                                .map(known -> new Prepared(
                                        known.unread(target.id()),
                                        (reason, note) -> revoke(target, known, reason, note))))
                : Future.succeededFuture(Optional.empty());
    }

    private Future<Optional<Revoked>> revoke(
            OneToken target, TokenRecord known, Optional<Reason> reason, Optional<Note> note) {
        List<String> all = new ArrayList<>(entries.first());
        all.add(keys.grants(known.bundle()));
        all.add(keys.audit.announced());
        Call revoke = entries.begin(Script.REVOKE.call(all), target, known.registered(), reason);
        addInvalidation(revoke, target.id(), known, target.extent());
        note.ifPresent(kept -> revoke.arg(kept.name())
                .arg(ChronoUnit.MICROS.between(Instant.EPOCH, kept.deadline()))
                .arg(kept.facts()));
        return link.send(revoke)
                .map(Response::toString)
                .recover(failure -> RedisFailure.isOfAnotherType(failure)
                        ? Future.succeededFuture(NOTHING_DONE)
                        : Future.failedFuture(failure))
                .map(this::revoked);
    }

    private Optional<Revoked> revoked(String reply) {
        String[] words = WORDS.split(reply, WORDS_OF_A_REPLY);
        if (reply.equals(NOTHING_DONE)) {
            return Optional.empty();
        }
        Tally tally = new Tally(Long.parseLong(words[1]), Long.parseLong(words[2]));
        if (words[0].equals(UNLOGGED)) {
            throw RedisFailure.ofReply(words[WORDS_OF_A_REPLY - 1]).after(tally);
        }
        entries.take(reply);
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(WORDS.split(words[WORDS_OF_A_REPLY - 1], -1)[0]));
        return Optional.of(new Revoked(new Stamp(Long.parseLong(words[0])), tally, expiry));
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
                        ? none()
                        : state(id, TokenRecord.decode(found.get()), SingleTokens::none)
                                .onSuccess(token -> token.ifPresent(present -> cache.put(id, found.get()))));
    }

    private static Future<Optional<Token>> none() {
        return Future.succeededFuture(Optional.empty());
    }

    /** @param gone answers if its grant has gone, does not have it, or says that it has expired */
    private Future<Optional<Token>> state(TokenId id, TokenRecord known, Supplier<Future<Optional<Token>>> gone) {
        return reader.grantAndSweep(id, known).transform((reply, failure) -> {
            if (failure != null) {
                return RedisFailure.isOfAnotherType(failure)
                        ? Future.succeededFuture(Optional.of(known.damaged(id)))
                        : Future.failedFuture(failure);
            }
            Optional<Token> token = reply.get(0) == null ? Optional.empty() : token(id, known, reply);
            return token.isPresent() ? Future.succeededFuture(token) : gone.get();
        });
    }

    private Optional<Token> token(TokenId id, TokenRecord known, Response reply) {
        Response sweep = reply.get(1);
        return GrantState.isSound(reply.get(0).toBytes()) && (sweep == null || GrantState.isSweep(sweep.toBytes()))
                ? known.token(id, TokenReader.state(reply), time.instant())
                : Optional.of(known.damaged(id));
    }
}
