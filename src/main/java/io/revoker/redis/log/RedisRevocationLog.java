package io.revoker.redis.log;

import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.Mark;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.RevocationLog;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure.MovingSlot;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.near.NearSight;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;

/** The log in a Redis stream, with the marks in the same slot; used by one event loop only. */
public final class RedisRevocationLog implements RevocationLog {
    private static final String FULL = "FULL";
    private static final String LATE = "LATE";

    private final RedisLink link;
    private final Keys keys;
    private final LogSettings settings;
    private final WriteBarrier barrier;
    private final LogReader reader;
    private final StampRange bounds;
    private final MovingLog moving;
    private final NearSight near;
    private final SingleEntries entries;

    public RedisRevocationLog(
            RedisLink link, Keys keys, LogSettings settings, WriteBarrier barrier, StampRange bounds) {
        this(link, keys, settings, barrier, bounds, new NearSight());
    }

    /** @param near learns from each entry that is written whether there are leases */
    public RedisRevocationLog(
            RedisLink link, Keys keys, LogSettings settings, WriteBarrier barrier, StampRange bounds, NearSight near) {
        this.near = near;
        this.link = link;
        this.keys = keys;
        this.settings = settings;
        this.barrier = barrier;
        this.bounds = bounds;
        this.moving = new MovingLog(link, keys, settings, bounds);
        this.reader = new LogReader(link, keys, settings);
        this.entries = new SingleEntries(keys, settings, bounds, near);
    }

    @Override
    public Future<Stamp> append(Target target, Optional<Reason> reason) {
        return append(target, new Order("", Start.AT_ONCE, reason), "").map(RedisRevocationLog::stamp);
    }

    @Override
    public Future<Stamp> append(Target.Single token, Optional<Reason> reason, Registered registered) {
        return append(token, new Order("", Start.AT_ONCE, reason), RegisteredText.of(registered))
                .map(RedisRevocationLog::stamp);
    }

    @Override
    public Future<Stamp> appendAfter(
            Future<?> invalidation, Target.Single token, Optional<Reason> reason, Registered registered) {
        return link.after(invalidation, () -> append(token, reason, registered));
    }

    private static Stamp stamp(String reply) {
        return new Stamp(Long.parseLong(EnteredText.words(reply)[0]));
    }

    @Override
    public Future<Entered> enter(Target target, Order order) {
        return append(target, order, "").map(reply -> EnteredText.parse(target, order, reply));
    }

    private Future<String> append(Target target, Order order, String registered) {
        return link.sendUnlessMoving(
                        target instanceof Target.Single single ? entry(single, order, registered) : mark(target, order))
                .map(Response::toString)
                .compose(RedisRevocationLog::requireDone)
                .onSuccess(near::take)
                .recover(failure -> failure instanceof MovingSlot
                        ? moving.append(target, order, registered).onSuccess(written -> near.unknown())
                        : Future.failedFuture(failure));
    }

    private Call entry(Target.Single target, Order order, String registered) {
        return entries.begin(Script.ENTRY.call(entries.first()), target, registered, order.reason());
    }

    private Call mark(Target target, Order order) {
        long mark = MarkId.of(target).bits();
        return Script.APPEND
                .call(
                        keys.clock,
                        keys.last,
                        keys.marks.of(mark),
                        keys.events,
                        keys.leases,
                        keys.sweeps,
                        keys.targets,
                        keys.told,
                        keys.locks,
                        keys.near,
                        keys.trimmed)
                .arg(TargetText.of(target))
                .arg(RedisMarkStore.bytes(mark))
                .arg(settings.markSeconds())
                .arg(settings.keptMicros())
                .arg(order.start() == Start.AT_ONCE ? settings.lease().toMillis() : 0)
                .arg(new OriginText(order.caller(), order.reason()).word())
                .arg(bounds.least())
                .arg(bounds.most())
                .arg(order.reason().map(ReasonText::of).orElse(""))
                .arg(order.lockUntil()
                        .map(until -> Long.toString(LockText.micros(until)))
                        .orElse(""))
                .arg(LockText.of(target, order.caller(), order.reason()))
                .arg(LockStore.MOST)
                .arg(
                        target instanceof Target.IssuedBefore some
                                ? Mark.at(some.instant()).toString()
                                : "")
                .arg(LatestTime.of(order));
    }

    private static Future<String> requireDone(String reply) {
        return switch (reply) {
            case FULL -> Future.failedFuture(LockText.full());
            case LATE -> Future.failedFuture(LatestTime.over());
            default -> Future.succeededFuture(reply);
        };
    }

    @Override
    public Writing begin() {
        return barrier.begin();
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
    public Future<LogPage> resume(Stamp read) {
        return reader.resume(read);
    }

    @Override
    public Future<Stamp> goOn(Stamp known) {
        return link.send(Script.GO_ON
                        .call(keys.clock, keys.last, keys.events)
                        .arg(known.micros())
                        .arg(bounds.most()))
                .map(reply -> new Stamp(reply.toLong()));
    }
}
