package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The ledger, in the slot of the log; used by one event loop only. */
public final class RedisSweepLedger implements SweepLedger {
    private static final int KEPT_SECONDS = 3600;
    private static final int KEPT = 1000;
    private static final byte[] NO_MARK = {};

    private final RedisLink link;
    private final Keys keys;
    private final Duration lease;

    public RedisSweepLedger(RedisLink link, Keys keys, Duration lease) {
        this.link = link;
        this.keys = keys;
        this.lease = lease;
    }

    @Override
    public Future<Optional<SweepStatus>> claim() {
        return link.send(kept(Script.CLAIM, keys.leases, keys.sweeps, keys.targets, keys.ended, keys.told)
                        .arg(lease.toMillis()))
                .map(reply -> Optional.ofNullable(reply).map(found -> parse(found.get(0), found.get(1))));
    }

    @Override
    public Future<Boolean> renew(SweepStatus status) {
        return link.send(Script.RENEW
                        .call(keys.leases, keys.sweeps)
                        .arg(status.sweep().micros())
                        .arg(lease.toMillis())
                        .arg(SweepText.of(status)))
                .map(reply -> reply.toInteger() == 1);
    }

    @Override
    public Future<Void> release(Stamp sweep) {
        return link.send(Call.of(Command.ZADD, keys.leases).arg("XX").arg(0).arg(sweep.micros()))
                .mapEmpty();
    }

    @Override
    public Future<End> end(SweepStatus status, Delivery delivery) {
        return link.send(kept(
                                Script.END,
                                keys.leases,
                                keys.sweeps,
                                keys.targets,
                                keys.ended,
                                keys.told,
                                keys.parts(status.sweep()),
                                keys.marks.of(mark(status)))
                        .arg(status.sweep().micros())
                        .arg(SweepText.of(status))
                        .arg(TargetText.of(status.target()))
                        .arg(delivery.name())
                        .arg(isWhole(status) ? RedisMarkStore.bytes(mark(status)) : NO_MARK)
                        .arg(RedisMarkStore.bytes(status.sweep().micros())))
                .map(reply -> new End(
                        Before.valueOf(reply.get(0).toString()), reply.get(1).toLong()));
    }

    @Override
    public Future<Void> markUndelivered(Stamp sweep) {
        return link.send(Script.UNDELIVERED
                        .call(keys.leases, keys.sweeps, keys.targets, keys.ended, keys.told)
                        .arg(sweep.micros()))
                .mapEmpty();
    }

    @Override
    public Future<Void> markDelivered(Target target, List<Stamp> sweeps) {
        Call call = Script.DELIVERED.call(keys.targets).arg(TargetText.of(target));
        sweeps.forEach(sweep -> call.arg(sweep.micros()));
        return link.send(call).mapEmpty();
    }

    @Override
    public Future<Optional<SweepStatus>> amend(SweepStatus status) {
        return link.send(Script.AMEND
                        .call(keys.sweeps, keys.ended)
                        .arg(status.sweep().micros())
                        .arg(SweepText.of(status)))
                .map(reply -> parse(status.sweep(), reply));
    }

    @Override
    public Future<Optional<SweepStatus>> find(Stamp sweep) {
        return link.send(Call.of(Command.HGET, keys.sweeps).arg(sweep.micros())).map(reply -> parse(sweep, reply));
    }

    @Override
    public Future<List<SweepStatus>> list() {
        return link.send(Script.LIST
                        .call(keys.leases, keys.sweeps, keys.ended, keys.told)
                        .arg(KEPT))
                .map(reply -> IntStream.range(0, reply.size() / 2)
                        .mapToObj(i -> parse(reply.get(2 * i), reply.get(2 * i + 1)))
                        .sorted((a, b) -> a.sweep().compareTo(b.sweep()))
                        .toList());
    }

    private static long mark(SweepStatus status) {
        return MarkId.of(status.target()).bits();
    }

    /** If some holders could not be swept, only the mark keeps their tokens dead. */
    private static boolean isWhole(SweepStatus status) {
        return status.state() == State.ENDED && status.progress().errors() == 0;
    }

    /** A call of a script that also drops ended sweeps past their retention. */
    private static Call kept(Script script, String... keys) {
        return script.call(keys).arg(KEPT_SECONDS).arg(KEPT);
    }

    private static Optional<SweepStatus> parse(Stamp sweep, @Nullable Response text) {
        return Optional.ofNullable(text).map(known -> SweepText.parse(sweep, known.toString()));
    }

    private static SweepStatus parse(Response sweep, Response text) {
        return SweepText.parse(new Stamp(sweep.toLong()), text.toString());
    }
}
