package io.revoker.redis.near;

import io.revoker.domain.Stamp;
import io.revoker.domain.near.NearLease;
import io.revoker.domain.near.NearLeases;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The leases, all of them in one hash; used by one event loop only. The field is the name of the instance, the value
 * the stamp up to which it has read, its bound in milliseconds, and when it was heard last, in microseconds.
 */
public final class RedisNearLeases implements NearLeases {
    /** How much longer than its bound one is kept that is not renewed: so that each instance sees that it has run out. */
    private static final Duration KEPT = Duration.ofSeconds(60);

    private static final Pattern VALUE = Pattern.compile("(\\d{1,18}) (\\d{1,9}) (\\d{1,18})");

    private final RedisLink link;
    private final Keys keys;
    private final NearSight sight;
    private final LongSupplier nanos;
    private long changed;

    /** Create it before the link is opened. */
    public RedisNearLeases(RedisLink link, Keys keys, NearSight sight) {
        this(link, keys, sight, System::nanoTime);
    }

    RedisNearLeases(RedisLink link, Keys keys, NearSight sight, LongSupplier nanos) {
        this.link = link;
        this.keys = keys;
        this.sight = sight;
        this.nanos = nanos;
        this.changed = nanos.getAsLong();
        link.onChange(() -> changed = nanos.getAsLong());
    }

    @Override
    public boolean mayExist() {
        return sight.some();
    }

    @Override
    public Future<Renewal> renew(NearLease lease) {
        return link.send(Script.NEAR
                        .call(keys.near)
                        .arg(lease.instance())
                        .arg(lease.read().micros())
                        .arg(lease.bound().toMillis())
                        .arg(KEPT.toMillis()))
                .map(reply -> reply.toString().equals("renewed") ? Renewal.RENEWED : Renewal.BEGUN);
    }

    @Override
    public Future<Void> end(String instance) {
        return link.send(Call.of(Command.HDEL, keys.near).arg(instance)).mapEmpty();
    }

    @Override
    public Future<Held> held() {
        return link.send(Script.FOLLOWERS.call(keys.near, keys.events))
                .map(reply -> new Held(
                        time(reply.get(0).toString()),
                        Duration.ofNanos(nanos.getAsLong() - changed),
                        IntStream.range(1, reply.size() / 2)
                                .mapToObj(pair -> known(reply.get(2 * pair), reply.get(2 * pair + 1)))
                                .flatMap(Optional::stream)
                                .toList()));
    }

    /** Empty if another program wrote it. */
    private static Optional<Known> known(Response instance, Response value) {
        Matcher facts = VALUE.matcher(value.toString());
        return facts.matches()
                ? Optional.of(new Known(
                        new NearLease(
                                instance.toString(),
                                new Stamp(Long.parseLong(facts.group(1))),
                                Duration.ofMillis(Long.parseLong(facts.group(2)))),
                        time(facts.group(3))))
                : Optional.empty();
    }

    private static Instant time(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}
