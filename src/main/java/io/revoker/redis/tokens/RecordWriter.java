package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the records of a grant's tokens, each only if it is not there.
 *
 * <p>Several registrations of the same grant may run at once. The one that wrote the record of the first token decides
 * the issue time of the grant. The one that wrote the record of the token that expires last decides the bundle: that
 * record exists as long as any part of the grant does. Any other record that disagrees is corrected before the grant
 * is written, when no check can have found its token yet.
 */
final class RecordWriter {
    private static final int ANOTHER = 0;
    private static final int REPLACED = 1;

    private final RedisLink link;
    private final Keys keys;
    private final InstantSource time;
    private final TokenReader reader;
    private final RecordRollback refused;

    RecordWriter(RedisLink link, Keys keys, InstantSource time) {
        this.link = link;
        this.keys = keys;
        this.time = time;
        this.reader = new TokenReader(link, keys);
        this.refused = new RecordRollback(link, keys, reader);
    }

    /** The result of writing the records. */
    sealed interface Written {}

    /** A grant whose records are written. */
    record Recorded(Grant grant, Bundle bundle, List<RecordEntry> entries) implements Written {
        /**
         * Whether one of its tokens is new although a grant has its place: that grant's token with the same id has
         * expired.
         */
        boolean isNewBeside(GrantState held, Instant now) {
            boolean namesake = held.hasEnded(held.first(), now)
                    && entries.get(0).token().expiresAt().isAfter(now);
            return namesake || entries.stream().anyMatch(entry -> entry.isAnew(held, now));
        }
    }

    /** The fields that conflict, so that the grant can't be written. */
    record Differing(Set<String> fields) implements Written {}

    /**
     * Writes the records.
     *
     * @param bundle where the grant goes if it is new
     * @return a conflict if one of the tokens is registered with other facts; then everything that was written is
     * removed again, also what an earlier attempt had written
     */
    Future<Written> write(Grant grant, Bundle bundle) {
        return Future.all(Arrays.stream(TokenKind.values())
                        .flatMap(kind -> grant.get(kind).stream().map(token -> write(grant, kind, token, bundle)))
                        .toList())
                .compose(all -> agree(grant, all.list()));
    }

    private Future<RecordEntry> write(Grant grant, TokenKind kind, Granted token, Bundle bundle) {
        TokenRecord ours = TokenRecord.of(grant, kind, token, bundle);
        Call put = Script.PUT
                .call(keys.records(token.id()))
                .arg(token.id().bytes())
                .arg(ours.encode());
        PairName.of(token.id(), ours).ifPresent(pair -> put.arg(pair.field()).arg(PairName.value(grant.lastExpiry())));
        return link.send(put)
                .map(reply ->
                        new RecordEntry(token, ours, Optional.ofNullable(reply).map(RecordWriter::decode)));
    }

    private Future<Written> agree(Grant grant, List<RecordEntry> entries) {
        Set<String> differing =
                entries.stream().flatMap(entry -> entry.differences().stream()).collect(Collectors.toSet());
        if (!differing.isEmpty()) {
            return refused.takeBack(entries, time.instant()).map(new Differing(differing));
        }
        Recorded recorded =
                new Recorded(asItStands(grant, entries), last(entries).stands().bundle(), entries);
        List<RecordEntry> elsewhere = entries.stream()
                .filter(entry -> !entry.stands().bundle().equals(recorded.bundle()))
                .toList();
        return elsewhere.isEmpty() ? Future.succeededFuture(recorded) : agree(recorded, elsewhere);
    }

    private Future<Written> agree(Recorded recorded, List<RecordEntry> elsewhere) {
        return RecordRollback.all(recorded.entries().stream()
                        .filter(entry -> !entry.isOurs())
                        .map(this::grant))
                .compose(grants -> grants.stream()
                                .flatMap(Optional::stream)
                                .anyMatch(grant -> recorded.isNewBeside(grant, time.instant()))
                        ? takeBack(recorded, time.instant())
                        : RecordRollback.all(elsewhere.stream().map(entry -> correct(entry, recorded.bundle())))
                                .map(recorded));
    }

    private Future<Optional<GrantState>> grant(RecordEntry entry) {
        return reader.grant(entry.id(), entry.stands())
                .map(state -> state.filter(GrantState::isSound).map(GrantState::decode));
    }

    /** For tokens that can't be one grant, because the registered partner of one of them has expired. */
    Future<Written> takeBack(Recorded recorded, Instant now) {
        return refused.takeBack(recorded.entries(), now).map(new Differing(Set.of()));
    }

    /** For tokens that may not be registered: removes what was not there before. */
    Future<?> takeBackOwn(Recorded recorded) {
        return refused.takeBackOwn(recorded.entries());
    }

    /** Moves the record of a lone token that no check can have found yet. */
    Future<Recorded> move(Recorded lone, Bundle bundle) {
        RecordEntry entry = lone.entries().get(0);
        TokenRecord moved = entry.stands().in(bundle);
        return send(entry, moved)
                .compose(reply -> reply == REPLACED
                        ? Future.succeededFuture(new Recorded(lone.grant(), bundle, List.of(entry.as(moved))))
                        : Future.failedFuture(disturbed()));
    }

    /**
     * The grant with the issue time of its first token's record. The tokens keep their lifetimes. But if only the
     * expiry of one of them is known, each token gets the expiry of its record.
     */
    private static Grant asItStands(Grant grant, List<RecordEntry> entries) {
        Instant issuedAt = entries.get(0).stands().facts().issuedAt();
        if (entries.stream().allMatch(RecordEntry::hasItsLifetime)) {
            return grant.issuedAt(issuedAt);
        }
        Map<TokenId, Instant> expiries = new HashMap<>();
        entries.forEach(entry -> expiries.put(entry.id(), entry.stands().expiry()));
        return grant.issuedAt(issuedAt, id -> expiries.getOrDefault(id, issuedAt));
    }

    private static RecordEntry last(List<RecordEntry> entries) {
        return entries.stream()
                .reduce((a, b) -> b.token().expiresAt().isBefore(a.token().expiresAt()) ? a : b)
                .orElseThrow();
    }

    private Future<Integer> correct(RecordEntry entry, Bundle bundle) {
        return send(entry, entry.stands().in(bundle))
                .compose(reply -> reply != ANOTHER ? Future.succeededFuture(reply) : Future.failedFuture(disturbed()));
    }

    private Future<Integer> send(RecordEntry entry, TokenRecord corrected) {
        return link.send(Script.CORRECT
                        .call(keys.records(entry.id()))
                        .arg(entry.id().bytes())
                        .arg(entry.stands().encode())
                        .arg(corrected.encode()))
                .map(Response::toInteger);
    }

    private static Problem disturbed() {
        return Problem.overloaded("registration: the same tokens are being registered (expected: a repetition)");
    }

    private static TokenRecord decode(Response reply) {
        return TokenRecord.decode(reply.toBytes());
    }
}
