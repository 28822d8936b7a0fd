package io.revoker.redis;

import io.revoker.domain.Durability;
import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The log in a Redis stream, the marks beside it in the same slot; used by one event loop only. */
final class RedisRevocationLog implements RevocationLog {
    private static final int EVENTS = 1000;
    private static final int MARKS = 10_000;

    private final RedisLink link;
    private final Keys keys;
    private final LogSettings settings;

    RedisRevocationLog(RedisLink link, Keys keys, LogSettings settings) {
        this.link = link;
        this.keys = keys;
        this.settings = settings;
    }

    @Override
    public Future<Stamp> append(Target target) {
        return link.send(Script.APPEND
                        .call(keys.clock, keys.last, keys.marks, keys.events, keys.leases, keys.sweeps)
                        .arg(TargetText.of(target))
                        .arg(target.raisesMark() ? 1 : 0)
                        .arg(settings.markRetention().toMillis() * 1000)
                        .arg(settings.retention().toMillis() * 1000)
                        .arg(settings.lease().toMillis()))
                .map(reply -> new Stamp(reply.toLong()));
    }

    @Override
    public Future<Durability> confirm() {
        DurabilitySettings demanded = settings.durability();
        Durability.Fsync fsync = link.server().fsync();
        if (fsync.compareTo(demanded.fsync()) < 0) {
            return Future.failedFuture(Problem.unavailable(
                    "durability: appendfsync " + name(fsync) + " (expected: at least " + name(demanded.fsync()) + ")"));
        }
        if (demanded.replicas() == 0) {
            return Future.succeededFuture(new Durability(fsync, 0));
        }
        return link.send(Request.cmd(Command.WAIT)
                        .arg(demanded.replicas())
                        .arg(demanded.patience().toMillis()))
                .map(reply -> replicated(fsync, reply.toInteger()));
    }

    private Durability replicated(Durability.Fsync fsync, int replicas) {
        int demanded = settings.durability().replicas();
        if (replicas < demanded) {
            throw Problem.unavailable("durability: " + replicas + " replicas (expected: " + demanded + ")");
        }
        return new Durability(fsync, replicas);
    }

    private static String name(Durability.Fsync fsync) {
        return fsync.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Future<MarkPage> marks(Stamp from) {
        Future<Response> clock = link.send(Request.cmd(Command.GET).arg(keys.clock));
        Future<Response> marks = link.send(Request.cmd(Command.ZRANGE)
                .arg(keys.marks)
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
    public Future<List<Revocation>> after(Stamp stamp) {
        return link.send(Request.cmd(Command.XREAD)
                        .arg("COUNT")
                        .arg(EVENTS)
                        .arg("BLOCK")
                        .arg(Math.max(1, settings.patience().toMillis())) // 0 would be for ever
                        .arg("STREAMS")
                        .arg(keys.events)
                        .arg(stamp + "-0"))
                .map(reply -> reply == null ? List.of() : events(reply.get(0).get(1)));
    }

    private static MarkPage page(Stamp from, Response clock, Response members) {
        List<Revocation> marks = IntStream.range(0, members.size() / 2)
                .mapToObj(i -> mark(members.get(2 * i), members.get(2 * i + 1)))
                .toList();
        boolean last = marks.size() < MARKS;
        Stamp newest = clock == null ? from : new Stamp(clock.toLong());
        return new MarkPage(marks, last ? newest : marks.get(marks.size() - 1).stamp(), last);
    }

    private static Revocation mark(Response member, Response score) {
        return new Revocation(new Stamp(score.toDouble().longValue()), TargetText.parse(member.toString()));
    }

    private static List<Revocation> events(Response entries) {
        return entries.stream().map(RedisRevocationLog::event).toList();
    }

    private static Revocation event(Response entry) {
        String id = entry.get(0).toString();
        Stamp stamp = new Stamp(Long.parseLong(id.substring(0, id.indexOf('-'))));
        return new Revocation(stamp, TargetText.parse(entry.get(1).get(1).toString()));
    }
}
