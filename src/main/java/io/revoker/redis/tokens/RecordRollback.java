package io.revoker.redis.tokens;

import io.revoker.domain.TokenKind;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes the records that a refused registration has written, and those that an earlier registration of the same
 * tokens left because it stopped half-way.
 *
 * <p>A record that was there before may be such a leftover, or belong to a registration that is running or done. The
 * grants show which. If the token that the registration is refused for belongs to a grant, no other registration can
 * register it with the other tokens as one grant any more. Then, if those other tokens belong to no grant, nothing
 * needs their records. The grants are read in this order: they stay until they expire, and both may be the same grant.
 */
final class RecordRollback {
    private final RedisLink link;
    private final Keys keys;
    private final TokenReader reader;

    RecordRollback(RedisLink link, Keys keys, TokenReader reader) {
        this.link = link;
        this.keys = keys;
        this.reader = reader;
    }

    /** @param now tokens that had expired by then belong to no grant */
    Future<?> takeBack(List<RecordEntry> entries, Instant now) {
        Future<?> own = takeBackOwn(entries);
        List<RecordEntry> left = entries.stream()
                .filter(entry -> entry.agrees() && !entry.isOurs())
                .toList();
        return left.isEmpty() ? own : own.compose(removed -> takeBack(entries, left, now));
    }

    /** Removes those only that were not there before. */
    Future<?> takeBackOwn(List<RecordEntry> entries) {
        return all(entries.stream().filter(RecordEntry::isOurs).map(this::remove));
    }

    private Future<?> takeBack(List<RecordEntry> entries, List<RecordEntry> left, Instant now) {
        return all(entries.stream().filter(entry -> !entry.agrees()).map(entry -> isGranted(entry, now)))
                .compose(granted -> granted.contains(false)
                        ? Future.succeededFuture()
                        : all(left.stream().map(entry -> removeUnlessGranted(entry, now))));
    }

    private Future<Boolean> removeUnlessGranted(RecordEntry entry, Instant now) {
        return isGranted(entry, now)
                .compose(granted ->
                        granted ? Future.succeededFuture(false) : remove(entry).map(true));
    }

    private Future<Boolean> isGranted(RecordEntry entry, Instant now) {
        TokenRecord record = entry.stands();
        return reader.grant(entry.id(), record)
                .map(state -> state.filter(held -> !hasEnded(held, record.kind(), now))
                        .isPresent())
                .recover(failure -> RedisFailure.isOfAnotherType(failure)
                        ? Future.succeededFuture(true)
                        : Future.failedFuture(failure));
    }

    private static boolean hasEnded(byte[] state, TokenKind kind, Instant now) {
        return GrantState.isSound(state) && GrantState.decode(state).hasEnded(kind, now);
    }

    private Future<Response> remove(RecordEntry entry) {
        Call remove = Script.REMOVE
                .call(keys.records(entry.id()))
                .arg(entry.id().bytes())
                .arg(entry.stands().encode());
        PairName.of(entry.id(), entry.stands()).ifPresent(pair -> remove.arg(pair.field()));
        return link.send(remove);
    }

    static <T> Future<List<T>> all(Stream<Future<T>> commands) {
        return Future.all(commands.toList()).map(done -> done.list());
    }
}
