package io.revoker.redis;

import io.revoker.domain.Revocation;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log in a Redis stream, the marks beside it in the same slot; used by one event loop only. */
final class RedisRevocationLog implements RevocationLog {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRevocationLog.class);
    private static final int EVENTS = 1000;
    private static final int MARKS = 10_000;
    private static final Order AT_ONCE = new Order("", Start.AT_ONCE);

    private final RedisLink link;
    private final Keys keys;
    private final LogSettings settings;
    private final Writings writings;
    /** The newest that was told. */
    private Stamp unreadable = Stamp.NONE;

    RedisRevocationLog(RedisLink link, Keys keys, LogSettings settings, Writings writings) {
        this.link = link;
        this.keys = keys;
        this.settings = settings;
        this.writings = writings;
    }

    @Override
    public Future<Stamp> append(Target target) {
        return append(target, AT_ONCE).map(reply -> new Stamp(Long.parseLong(EnteredText.words(reply)[0])));
    }

    @Override
    public Future<Entered> enter(Target target, Order order) {
        return append(target, order).map(reply -> EnteredText.parse(target, order, reply));
    }

    private Future<String> append(Target target, Order order) {
        return link.send(Script.APPEND
                        .call(
                                keys.clock,
                                keys.last,
                                keys.marks,
                                keys.events,
                                keys.leases,
                                keys.sweeps,
                                keys.targets,
                                keys.told)
                        .arg(TargetText.of(target))
                        .arg(target.raisesMark() ? 1 : 0)
                        .arg(settings.markRetention().toMillis() * 1000)
                        .arg(settings.retention().toMillis() * 1000)
                        .arg(order.start() == Start.AT_ONCE ? settings.lease().toMillis() : 0)
                        .arg(SweepText.caller(order.caller())))
                .map(Response::toString);
    }

    @Override
    public Writing begin() {
        return writings.begin();
    }

    @Override
    public Future<MarkPage> marks(Stamp from) {
        Future<Response> clock = link.send(Call.of(Command.GET, keys.clock));
        Future<Response> marks = link.sendAfter(
                clock,
                Call.of(Command.ZRANGE, keys.marks)
                        .arg("(" + from)
                        .arg("+inf")
                        .arg("BYSCORE")
                        .arg("LIMIT")
                        .arg(0)
                        .arg(MARKS)
                        .arg("WITHSCORES"));
        return Future.all(clock, marks).map(both -> page(from, clock.result(), marks.result()));
    }

    @Override
    public Future<LogPage> after(Stamp stamp) {
        return link.send(new Call(
                        keys.events,
                        Request.cmd(Command.XREAD)
                                .arg("COUNT")
                                .arg(EVENTS)
                                .arg("BLOCK")
                                .arg(Math.max(1, settings.patience().toMillis())) // 0 would be for ever
                                .arg("STREAMS")
                                .arg(keys.events)
                                .arg(stamp + "-0")))
                .compose(reply -> reply == null
                        ? Future.succeededFuture(new LogPage(List.of(), true))
                        : events(reply.get(0).get(1)));
    }

    /** The next page if there is nothing in this one that can be read. */
    private Future<LogPage> events(Response entries) {
        List<Revocation> readable = entries.stream()
                .flatMap(entry -> read(stamp(entry), entry.get(1).get(1)).stream())
                .toList();
        return readable.isEmpty()
                ? after(stamp(entries.get(entries.size() - 1)))
                : Future.succeededFuture(new LogPage(readable, entries.size() < EVENTS));
    }

    private MarkPage page(Stamp from, Response clock, Response members) {
        int count = members.size() / 2;
        List<Revocation> marks = IntStream.range(0, count)
                .boxed()
                .flatMap(i -> read(score(members, i), members.get(2 * i)).stream())
                .toList();
        boolean last = count < MARKS;
        Stamp newest = clock == null ? from : new Stamp(clock.toLong());
        return new MarkPage(marks, last ? newest : score(members, count - 1), last);
    }

    /** Nothing if somebody else wrote it, or a newer version: what comes after it counts all the same. */
    private Optional<Revocation> read(Stamp stamp, Response target) {
        try {
            return Optional.of(new Revocation(stamp, TargetText.parse(target.toString())));
        } catch (RuntimeException e) {
            if (stamp.isAfter(unreadable)) {
                unreadable = stamp;
                LOG.atError()
                        .addKeyValue("stamp", stamp.micros())
                        .addKeyValue("failure", e.getClass().getSimpleName())
                        .log("log entry unreadable");
            }
            return Optional.empty();
        }
    }

    private static Stamp score(Response members, int i) {
        return new Stamp(members.get(2 * i + 1).toDouble().longValue());
    }

    private static Stamp stamp(Response entry) {
        String id = entry.get(0).toString();
        return new Stamp(Long.parseLong(id.substring(0, id.indexOf('-'))));
    }
}
