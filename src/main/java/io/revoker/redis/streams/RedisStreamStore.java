package io.revoker.redis.streams;

import io.revoker.domain.Stamp;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.EventStream.Settings;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamStore;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The streams, all of them in one slot; used by one event loop only. */
public final class RedisStreamStore implements StreamStore {
    /** As often within the retention it is written that the caller of a stream is known. */
    private static final int KNOWN_PARTS = 10;

    private final RedisLink link;
    private final Keys keys;
    private final Duration retention;

    /** @param retention of the log */
    public RedisStreamStore(RedisLink link, Keys keys, Duration retention) {
        this.link = link;
        this.keys = keys;
        this.retention = retention;
    }

    @Override
    public Future<Boolean> add(EventStream stream, Position begin) {
        Call add = Script.STREAM_ADD
                .call(keys.streams.ids(), keys.streams.stream(stream.id()))
                .arg(stream.id())
                .arg(stream.caller())
                .arg(MOST)
                .arg(MOST_OF_CALLER);
        StreamFields.of(stream, begin).forEach(add::arg);
        return link.send(add).map(RedisStreamStore::isOne);
    }

    @Override
    public Future<List<String>> ids() {
        return link.send(Call.of(Command.HKEYS, keys.streams.ids()))
                .map(found -> found.stream().map(Response::toString).sorted().toList());
    }

    /** What was delivered ahead is read first: so nothing is missing that the position does not cover yet. */
    @Override
    public Future<Optional<Stored>> find(String id) {
        Future<Response> ahead =
                link.send(Call.of(Command.ZRANGE, keys.streams.ahead(id)).arg(0).arg(-1));
        Future<Response> fields = link.send(Call.of(Command.HGETALL, keys.streams.stream(id)));
        return Future.all(ahead, fields)
                .map(both -> StreamFields.parse(id, fields(fields.result()), stamps(ahead.result())));
    }

    private static Map<String, String> fields(Response found) {
        Map<String, String> fields = new HashMap<>();
        found.getKeys().forEach(field -> fields.put(field, found.get(field).toString()));
        return fields;
    }

    private static Set<Stamp> stamps(Response found) {
        return found.stream()
                .map(stamp -> new Stamp(Long.parseLong(stamp.toString())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Entries are trimmed by the newest stamp, which is the clock of the log, and never before its retention. */
    @Override
    public Future<Boolean> mayLack(Position position) {
        String id = position.done() + "-0";
        Future<Response> entry =
                link.send(Call.of(Command.XRANGE, keys.events).arg(id).arg(id));
        Future<Response> clock = link.send(Call.of(Command.GET, keys.clock));
        return Future.all(entry, clock)
                .map(both -> entry.result().size() == 0
                        && clock.result() != null
                        && isOld(position, clock.result().toLong()));
    }

    private boolean isOld(Position position, long clock) {
        long known = Math.max(position.done().micros(), StreamFields.micros(position.reached()));
        return known <= clock - retention.toMillis() * 1000;
    }

    @Override
    public Future<Boolean> change(String id, Settings settings) {
        return change(id, StreamFields.of(settings));
    }

    @Override
    public Future<Boolean> replace(String id, Endpoint read, Endpoint next) {
        return tell(id, StreamFields.of(read), StreamFields.of(next), Optional.empty());
    }

    @Override
    public Future<Boolean> change(String id, Condition condition) {
        return change(id, StreamFields.of(condition));
    }

    @Override
    public Future<Boolean> pause(Stored read, Condition paused, Notice notice) {
        return tell(read.stream().id(), StreamFields.enabledAsOf(read), StreamFields.of(paused), Optional.of(notice));
    }

    @Override
    public Future<Boolean> passGap(Stored read, Stamp upTo, Notice notice) {
        List<String> before = StreamFields.ofGap(read.position().gap());
        return tell(read.stream().id(), before, StreamFields.ofGap(upTo), Optional.of(notice));
    }

    @Override
    public Future<Boolean> resume(String id, Condition enabled, Instant reached, Optional<Notice> notice) {
        return tell(id, StreamFields.paused(), StreamFields.of(enabled, reached), notice);
    }

    /** @param before fields and values that it must still have */
    private Future<Boolean> tell(String id, List<String> before, List<String> after, Optional<Notice> notice) {
        Call tell = Script.STREAM_TELL
                .call(keys.streams.stream(id))
                .arg(notice.map(Notice::id).map(StreamFields::field).orElse(""))
                .arg(notice.map(Notice::matter).map(StreamFields::text).orElse(""))
                .arg(StreamFields.USUAL + 2 * MOST_NOTICES)
                .arg(before.size());
        before.forEach(tell::arg);
        after.forEach(tell::arg);
        return link.send(tell).map(RedisStreamStore::isOne);
    }

    private Future<Boolean> change(String id, List<String> fields) {
        Call set = Script.STREAM_SET.call(keys.streams.stream(id));
        fields.forEach(set::arg);
        return link.send(set).map(RedisStreamStore::isOne);
    }

    @Override
    public Future<Boolean> remove(String id) {
        return link.send(Script.STREAM_DROP
                        .call(keys.streams.ids(), keys.streams.stream(id), keys.streams.ahead(id))
                        .arg(id))
                .map(RedisStreamStore::isOne);
    }

    @Override
    public Future<Void> keep(String id) {
        return attend(id, "").mapEmpty();
    }

    @Override
    public Future<Boolean> abandon(String id, Duration unknown) {
        return attend(id, Long.toString(unknown.toMillis()));
    }

    private Future<Boolean> attend(String id, String millis) {
        return link.send(Script.STREAM_ATTEND
                        .call(keys.streams.ids(), keys.streams.stream(id), keys.streams.ahead(id))
                        .arg(id)
                        .arg(millis)
                        .arg(retention.toMillis() / KNOWN_PARTS))
                .map(RedisStreamStore::isOne);
    }

    @Override
    public Future<Noted> note(String id, Notice notice, Duration interval) {
        return link.send(Script.STREAM_NOTE
                        .call(keys.streams.stream(id))
                        .arg(StreamFields.field(notice.id()))
                        .arg(StreamFields.text(notice.matter()))
                        .arg(interval.toMillis())
                        .arg(StreamFields.USUAL + MOST_NOTICES))
                .map(reply -> switch (reply.toString()) {
                    case "added" -> Noted.ADDED;
                    case "soon" -> Noted.TOO_SOON;
                    case "many" -> Noted.TOO_MANY;
                    default -> Noted.UNKNOWN_STREAM;
                });
    }

    @Override
    public Future<Void> settle(String id, Settled settled) {
        Call settle = Script.STREAM_SETTLE
                .call(keys.streams.stream(id), keys.streams.ahead(id))
                .arg(settled.position().done().micros())
                .arg(StreamFields.micros(settled.position().reached()))
                .arg(settled.ahead().size());
        settled.ahead().forEach(stamp -> settle.arg(stamp.micros()));
        settled.notices().forEach(notice -> settle.arg(StreamFields.field(notice)));
        return link.send(settle).mapEmpty();
    }

    @Override
    public Future<Boolean> lease(String id, String owner, Duration time) {
        return link.send(Script.STREAM_LEASE
                        .call(keys.streams.stream(id))
                        .arg(owner)
                        .arg(time.toMillis()))
                .map(RedisStreamStore::isOne);
    }

    private static boolean isOne(Response reply) {
        return reply.toInteger() == 1;
    }
}
