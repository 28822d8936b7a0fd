package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.RevocationLog;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisFailure.MovingSlot;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/** The log in a Redis stream, the marks beside it in the same slot; used by one event loop only. */
public final class RedisRevocationLog implements RevocationLog {
    private static final byte[] NO_MARK = {};
    private static final Order AT_ONCE = new Order("", Start.AT_ONCE);

    private final RedisLink link;
    private final Keys keys;
    private final LogSettings settings;
    private final Writings writings;
    private final LogReader reader;
    private final StampBounds bounds;
    private final MovingLog moving;

    public RedisRevocationLog(RedisLink link, Keys keys, LogSettings settings, Writings writings, StampBounds bounds) {
        this.link = link;
        this.keys = keys;
        this.settings = settings;
        this.writings = writings;
        this.bounds = bounds;
        this.moving = new MovingLog(link, keys, settings, bounds);
        this.reader = new LogReader(link, keys, settings);
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
        long mark = target.raisesMark() ? MarkId.of(target).bits() : 0;
        return link.sendUnlessMoving(Script.APPEND
                        .call(
                                keys.clock,
                                keys.last,
                                keys.marks(mark),
                                keys.events,
                                keys.leases,
                                keys.sweeps,
                                keys.targets,
                                keys.told)
                        .arg(TargetText.of(target))
                        .arg(target.raisesMark() ? RedisMarkStore.bytes(mark) : NO_MARK)
                        .arg(settings.markSeconds())
                        .arg(micros(settings.kept()))
                        .arg(order.start() == Start.AT_ONCE ? settings.lease().toMillis() : 0)
                        .arg(SweepText.caller(order.caller()))
                        .arg(bounds.least())
                        .arg(bounds.most()))
                .map(Response::toString)
                .recover(failure ->
                        failure instanceof MovingSlot ? moving.append(target, order) : Future.failedFuture(failure));
    }

    @Override
    public Writing begin() {
        return writings.begin();
    }

    @Override
    public Future<Stamp> newest() {
        return reader.newest();
    }

    @Override
    public Future<LogPage> after(Stamp read, List<Stamp> known) {
        return reader.after(read, known);
    }

    @Override
    public Future<LogPage> between(Stamp read, Stamp end) {
        return reader.between(read, end);
    }

    @Override
    public Future<Stamp> goOn(Stamp known) {
        return link.send(Script.GO_ON
                        .call(keys.clock, keys.last, keys.events)
                        .arg(known.micros())
                        .arg(bounds.most()))
                .map(reply -> new Stamp(reply.toLong()));
    }

    private static long micros(Duration duration) {
        return duration.toMillis() * 1000;
    }
}
