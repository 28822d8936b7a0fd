package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.Covers;
import io.revoker.domain.store.KnownMarks;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisFailure.MovingSlot;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the stored marks say of tokens; used by one event loop only.
 *
 * @param known what this node knows of the marks: if the store has lost some, they count all the same
 */
public record StoredMarks(RedisLink link, Keys keys, KnownMarks known) {

    /**
     * What the marks said of a token at the time of a mark. What is known here is asked last: the feed may read marks
     * meanwhile.
     *
     * @param last the newest mark that the store had a moment ago
     */
    public Future<Cover> coverOf(Traits token, Stamp last) {
        boolean hasAll = known.hasAllUpTo(last);
        Cover here = known.coverOf(token);
        return hasAll ? Future.succeededFuture(here) : coverOf(token).map(here::and);
    }

    /** The same for each of the tokens of a grant. */
    public Future<Covers> coversOf(Traits tokens, Stamp last) {
        return coverOf(tokens, last).compose(all -> each(tokens, all));
    }

    /** What those say that are in the store, for each of the tokens of a grant. */
    public Future<Covers> coversOf(Traits tokens) {
        return coverOf(tokens).compose(all -> each(tokens, all));
    }

    /** Hardly ever is one too old: only then it matters which, and the marks are read for each. */
    private Future<Covers> each(Traits tokens, Cover all) {
        if (tokens.kinds().size() == 1 || !all.isTooOld(tokens.facts().issuedAt())) {
            return Future.succeededFuture(Covers.of(tokens, kind -> all));
        }
        return Future.all(tokens.kinds().stream()
                        .map(kind -> coverOf(kind, tokens.only(kind)))
                        .toList())
                .map(each -> new Covers(each.<Map.Entry<TokenKind, Cover>>list().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    private Future<Map.Entry<TokenKind, Cover>> coverOf(TokenKind kind, Traits one) {
        Cover here = known.coverOf(one);
        return coverOf(one).map(stored -> Map.entry(kind, here.and(stored)));
    }

    /** What those say that are in the store. One call reads them: registrations share the bound of commands. */
    public Future<Cover> coverOf(Traits token) {
        long[] wholes = token.marks().toArray();
        long[] selections = token.marksOfSelections().toArray();
        long[] ids = Stream.of(
                        LongStream.of(wholes),
                        LongStream.of(selections),
                        LongStream.of(wholes).map(MarkId::ofIssuedBefore),
                        LongStream.of(selections).map(MarkId::ofSelectedIssuedBefore))
                .flatMapToLong(some -> some)
                .toArray();
        return values(ids)
                .map(values -> new Cover(
                        newest(values.subList(0, ids.length / 2)), newest(values.subList(ids.length / 2, ids.length))));
    }

    private Future<List<Stamp>> values(long... ids) {
        List<String> buckets = LongStream.of(ids).mapToObj(keys.marks::of).toList();
        Call call = Script.MARKS.call(buckets);
        LongStream.of(ids).forEach(id -> call.arg(RedisMarkStore.bytes(id)));
        return link.sendUnlessMoving(call)
                .map(found -> found.stream().map(StoredMarks::stamp).toList())
                .recover(failure -> failure instanceof MovingSlot
                        ? oneByOne(ids)
                        : Future.failedFuture(RedisFailure.translate(failure)));
    }

    /** While a slot moves, some of its keys may be on one node and some on another. */
    private Future<List<Stamp>> oneByOne(long... ids) {
        return Future.all(LongStream.of(ids).mapToObj(this::value).toList()).map(CompositeFuture::list);
    }

    private Future<Stamp> value(long id) {
        return link.send(Call.of(Command.HGET, keys.marks.of(id)).arg(RedisMarkStore.bytes(id)))
                .map(value -> value == null ? Stamp.NONE : RedisMarkStore.stamp(value));
    }

    private static Stamp stamp(Response value) {
        return value.toBytes().length == 0 ? Stamp.NONE : RedisMarkStore.stamp(value);
    }

    private static Stamp newest(List<Stamp> stamps) {
        return stamps.stream().reduce(Stamp.NONE, Stamp::newer);
    }
}
