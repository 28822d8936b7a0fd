package io.revoker.redis.log;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.Mark;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes revocations while the slot of the log is migrating from one node of a Cluster to another. In that time a
 * script with several keys is refused, because some keys are on one node, some on the other and some on neither. So
 * each key is written by itself, the mark before the log entry, and again if another revocation came in between: a
 * mark without a log entry kills what it should all the same. The sweep waits in the ledger until the slot has moved.
 * Whether the time of an order is over is looked at before the first of its keys is written, and not again.
 */
final class MovingLog {
    private static final int ATTEMPTS = 20;

    private final RedisLink link;
    private final Keys keys;
    private final LogSettings settings;
    private final StampRange bounds;

    MovingLog(RedisLink link, Keys keys, LogSettings settings, StampRange bounds) {
        this.link = link;
        this.keys = keys;
        this.settings = settings;
        this.bounds = bounds;
    }

    /** Returns the same as {@link Script#APPEND}. */
    Future<String> append(Target target, Order order, String registered) {
        return append(new Wanted(target, order, registered), ATTEMPTS);
    }

    /** @param registered what is known of a registered token; empty for other targets */
    private record Wanted(Target target, Order order, String registered) {}

    private Future<String> append(Wanted wanted, int left) {
        Target target = wanted.target();
        Order order = wanted.order();
        return link.send(Script.STAMP.call(keys.clock).arg(bounds.least()).arg(bounds.most()))
                .compose(reply -> {
                    Stamp stamp = new Stamp(reply.get(0).toLong());
                    Instant now = EnteredText.instant(reply.get(1).toString());
                    if (LatestTime.isOver(order, now)) {
                        return Future.failedFuture(LatestTime.over());
                    }
                    return (target.raisesMark() ? raise(target, order, stamp) : Future.succeededFuture())
                            .compose(raised -> enterIntoLog(wanted, stamp))
                            .compose(isNewest -> isNewest
                                    ? written(new Written(target, stamp, now), order)
                                    : again(wanted, left - 1));
                });
    }

    private record Written(Target target, Stamp stamp, Instant now) {}

    private Future<String> again(Wanted wanted, int left) {
        return left == 0
                ? Future.failedFuture(Problem.overloaded("log: overtaken by " + ATTEMPTS + " revocations"))
                : append(wanted, left);
    }

    private Future<?> raise(Target target, Order order, Stamp stamp) {
        return order.lockUntil()
                .map(until -> lock(new Lock(target, until, stamp, order.caller(), order.reason())))
                .orElseGet(Future::succeededFuture)
                .compose(locked -> raise(target, stamp));
    }

    /** Before the mark: an instance that reads the new mark then finds the lock, too. */
    private Future<Void> lock(Lock lock) {
        return link.send(Script.LOCK
                        .call(keys.locks)
                        .arg(LockStore.MOST)
                        .arg(RedisMarkStore.bytes(lock.id().bits()))
                        .arg(LockText.micros(lock.until()))
                        .arg(LockText.of(lock)))
                .compose(written ->
                        written.toInteger() == 0 ? Future.succeededFuture() : Future.failedFuture(LockText.full()));
    }

    private Future<?> raise(Target target, Stamp stamp) {
        Mark mark = Mark.of(target, stamp);
        byte[] pair = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(mark.id().bits())
                .putLong(mark.value().micros())
                .array();
        return link.send(Script.RAISE
                        .call(keys.marks.of(mark.id().bits()))
                        .arg(settings.markSeconds())
                        .arg(pair))
                .compose(raised -> link.send(Script.LAST.call(keys.last).arg(stamp.micros())));
    }

    /** A stream refuses an entry that is older than its newest one. */
    private Future<Boolean> enterIntoLog(Wanted wanted, Stamp stamp) {
        Order order = wanted.order();
        Call entry = Call.of(Command.XADD, keys.events)
                .arg(stamp + "-0")
                .arg("target")
                .arg(TargetText.of(wanted.target()));
        if (!wanted.registered().isEmpty()) {
            entry.arg(RegisteredText.FIELD).arg(wanted.registered());
        }
        order.reason().ifPresent(reason -> entry.arg("reason").arg(ReasonText.of(reason)));
        order.lockUntil().ifPresent(until -> entry.arg("lock").arg(LockText.micros(until)));
        return link.send(entry)
                .map(true)
                .recover(failure -> RedisFailure.isOfOlderEntry(failure)
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }

    /**
     * An instance that claims a lease without a sweep drops it. So the lease is written with a future time, and made
     * claimable only when the sweep is there.
     */
    private Future<?> enterIntoLedger(SweepStatus sweep) {
        String name = sweep.sweep().toString();
        long due = sweep.started().plus(settings.lease()).plus(settings.lease()).toEpochMilli();
        return link.send(Call.of(Command.ZADD, keys.leases).arg(due).arg(name))
                .compose(leased ->
                        link.send(Call.of(Command.HSET, keys.sweeps).arg(name).arg(SweepText.of(sweep))))
                .compose(entered -> link.send(
                        Call.of(Command.ZADD, keys.leases).arg("XX").arg(0).arg(name)));
    }

    private Future<String> written(Written written, Order order) {
        if (!written.target().raisesMark()) {
            return Future.succeededFuture(written.stamp().toString());
        }
        SweepStatus sweep = new SweepStatus(
                written.stamp(),
                written.target(),
                State.WAITING,
                Progress.NONE,
                written.now(),
                written.now(),
                order.caller(),
                Optional.empty(),
                order.reason());
        return enterIntoLedger(sweep).map(entered -> EnteredText.waiting(written.stamp(), written.now()));
    }
}
