package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the records of a grant's tokens, each only if it is not there.
 *
 * <p>Of several registrations of one grant, the one that wrote the record of the first token says when the grant was issued, and the one that wrote the
 * record of the token that expires last says in which bundle the grant is: that record is there as long as anything of the grant is. Any other record
 * that says otherwise is corrected before the grant is written, when nobody can have found its token yet.
 */
final class Recorder {
    private final RedisLink link;
    private final Keys keys;
    private final RefusedRecords refused;

    Recorder(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
        this.refused = new RefusedRecords(link, keys);
    }

    /** What came of it. */
    sealed interface Written {}

    /** A grant whose records are there. */
    record Recorded(Grant grant, Bundle bundle) implements Written {}

    /** The fields that keep a grant from being written. */
    record Differing(Set<String> fields) implements Written {}

    /**
     * Writes them.
     *
     * @param bundle where the grant goes if it is new
     * @return a conflict if one of the tokens is known with other facts; then nothing is left of what was written, nor of what an earlier attempt had written
     */
    Future<Written> write(Grant grant, Bundle bundle) {
        return Future.all(Arrays.stream(TokenKind.values())
                        .flatMap(kind -> grant.get(kind).stream().map(token -> write(grant, kind, token, bundle)))
                        .toList())
                .compose(all -> agree(grant, all.list()));
    }

    private Future<RecordEntry> write(Grant grant, TokenKind kind, Granted token, Bundle bundle) {
        TokenRecord ours = TokenRecord.of(grant, kind, token, bundle);
        return link.send(Script.PUT
                        .call(keys.records(token.id()))
                        .arg(token.id().bytes())
                        .arg(ours.encode()))
                .map(reply ->
                        new RecordEntry(token, ours, Optional.ofNullable(reply).map(Recorder::decode)));
    }

    private Future<Written> agree(Grant grant, List<RecordEntry> entries) {
        Set<String> differing =
                entries.stream().flatMap(entry -> entry.differences().stream()).collect(Collectors.toSet());
        if (!differing.isEmpty()) {
            return refused.takeBack(entries).map(new Differing(differing));
        }
        Bundle bundle = last(entries).stands().bundle();
        return all(entries.stream()
                        .filter(entry -> !entry.stands().bundle().equals(bundle))
                        .map(entry -> correct(entry, bundle)))
                .map(new Recorded(asItStands(grant, entries), bundle));
    }

    /**
     * With the time of issue that the first token has. The tokens keep their lifetimes, unless one of them is known by when it expires only: then each
     * expires when its record says so.
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

    private Future<Response> correct(RecordEntry entry, Bundle bundle) {
        return link.send(Script.CORRECT
                        .call(keys.records(entry.id()))
                        .arg(entry.id().bytes())
                        .arg(entry.stands().encode())
                        .arg(entry.stands().in(bundle).encode()))
                .compose(reply -> reply.toInteger() == 1
                        ? Future.succeededFuture(reply)
                        : Future.failedFuture(Problem.overloaded(
                                "registration: the same tokens are being registered (expected: a repetition)")));
    }

    private static Future<?> all(Stream<Future<Response>> commands) {
        return Future.all(commands.toList());
    }

    private static TokenRecord decode(Response reply) {
        return TokenRecord.decode(reply.toBytes());
    }
}
