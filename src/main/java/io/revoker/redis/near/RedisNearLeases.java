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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The leases, all of them in one hash; used by one event loop only. The field is the name of the instance, the value
 * the stamp up to which it has read, its bound in milliseconds, and when it was heard last, in microseconds.
 */
public final class RedisNearLeases implements NearLeases {
    /**
     * How much longer than its bound one is kept that is not renewed: so that each instance sees that it has run out.
     */
    private static final Duration KEPT = Duration.ofSeconds(60);

    private static final Pattern VALUE = Pattern.compile("(\\d{1,18}) (\\d{1,9}) (\\d{1,18})");

    private final RedisLink link;
    private final Keys keys;
    private final NearSight sight;
    private final LongSupplier nanos;
    private long changed;
    /** As of the last look. */
    private List<Known> seen = List.of();
    /** Those that there were before the link changed: the new Redis may not have them. */
    private List<Known> lost = List.of();

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
        link.onChange(this::change);
    }

    private void change() {
        changed = nanos.getAsLong();
        if (sight.some()) {
            lost = seen;
        }
    }

    private Duration connected() {
        return Duration.ofNanos(nanos.getAsLong() - changed);
    }

    private boolean mayLast(Known one) {
        return connected().compareTo(one.lease().bound()) <= 0;
    }

    @Override
    public boolean mayExist() {
        return sight.some() || lost.stream().anyMatch(this::mayLast);
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
        return link.send(Script.NEAR_HELD.call(keys.near)).map(this::held);
    }

    private Held held(Response reply) {
        seen = IntStream.range(0, reply.size() / 2)
                .mapToObj(pair -> known(reply.get(2 * pair + 1), reply.get(2 * pair + 2)))
                .flatMap(Optional::stream)
                .toList();
        Set<String> names = seen.stream().map(one -> one.lease().instance()).collect(Collectors.toSet());
        lost = lost.stream()
                .filter(one -> mayLast(one) && !names.contains(one.lease().instance()))
                .toList();
        return new Held(
                time(reply.get(0).toString()),
                connected(),
                Stream.concat(seen.stream(), lost.stream()).toList());
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
