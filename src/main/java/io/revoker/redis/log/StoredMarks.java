package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.KnownMarks;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.stream.LongStream;

/**
 * What the stored marks say of tokens; used by one event loop only.
 *
 * @param known what this node knows of the marks: if the store has lost some, they count all the same
 */
public record StoredMarks(RedisLink link, Keys keys, KnownMarks known) {

    /**
     * What the marks said of a token at the time of a mark.
     *
     * @param last the newest mark that the store had a moment ago
     */
    public Future<Cover> coverOf(Traits token, Stamp last) {
        Cover here = known.coverOf(token);
        return known.hasAllUpTo(last)
                ? Future.succeededFuture(here)
                : coverOf(token).map(here::and);
    }

    /** What those say that are in the store. */
    public Future<Cover> coverOf(Traits token) {
        long[] wholes = token.marks().toArray();
        long[] selections = token.marksOfSelections().toArray();
        Future<Stamp> newest = newest(LongStream.concat(LongStream.of(wholes), LongStream.of(selections)));
        Future<Stamp> issuedBefore = newest(LongStream.concat(
                LongStream.of(wholes).map(MarkId::ofIssuedBefore),
                LongStream.of(selections).map(MarkId::ofSelectedIssuedBefore)));
        return Future.all(newest, issuedBefore).map(both -> new Cover(newest.result(), issuedBefore.result()));
    }

    private Future<Stamp> newest(LongStream ids) {
        return Future.all(ids.mapToObj(this::value).toList())
                .map(all -> all.<Stamp>list().stream().reduce(Stamp.NONE, Stamp::newer));
    }

    private Future<Stamp> value(long id) {
        return link.send(Call.of(Command.HGET, keys.marks(id)).arg(RedisMarkStore.bytes(id)))
                .map(value -> value == null ? Stamp.NONE : RedisMarkStore.stamp(value));
    }
}
