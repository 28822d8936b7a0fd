package io.revoker.redis.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.audit.AuditRequests.Chain;
import io.revoker.domain.audit.AuditStore;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Used by one event loop only. */
public final class RedisAuditStore implements AuditStore {
    /** Of packs; each has up to 256 entries. */
    private static final int TRIMMED = 20;

    private static final Pattern NAMES = Pattern.compile(" ");
    private static final int SCANNED = 256;
    private static final int MOST_SCANS = 64;

    /** Of some 250,000 acts: each event loop keeps fewer than 50,000 entries that are not written. */
    private static final int MOST_SCANS_OF_ALL = 1000;

    private static final int MOST_DROPPED = 256;

    private final RedisLink urgent;
    private final RedisLink bulk;
    private final Keys keys;

    /**
     * @param urgent for what acts wait for, on the connection of the log
     * @param bulk for searches and upkeep, which must not delay a revocation
     */
    public RedisAuditStore(RedisLink urgent, RedisLink bulk, Keys keys) {
        this.urgent = urgent;
        this.bulk = bulk;
        this.keys = keys;
    }

    @Override
    public Future<Void> announce(Map<String, Announced> acts) {
        Call announce = Script.AUDIT_ANNOUNCE.call(keys.audit.announced());
        acts.forEach((name, act) -> announce.arg(name).arg(AuditText.of(act)));
        return urgent.send(announce).mapEmpty();
    }

    @Override
    public Future<Void> forget(List<String> acts) {
        Call forget = Call.of(Command.HDEL, keys.audit.announced());
        acts.forEach(forget::arg);
        return urgent.send(forget).mapEmpty();
    }

    @Override
    public Future<Written> write(Pack pack) {
        Call write = Script.AUDIT_WRITE
                .call(stream(pack.series()), keys.audit.chains(), keys.audit.announced())
                .arg(pack.chain())
                .arg(pack.before().number())
                .arg(pack.before().hash())
                .arg(pack.last().number())
                .arg(pack.last().hash())
                .arg(String.join("\n", pack.lines()))
                .arg(bytes(pack.series()))
                .arg(AuditText.micros(pack.contested()));
        pack.acts().forEach(write::arg);
        return urgent.send(write).map(reply -> written(reply.toString()));
    }

    private static Written written(String reply) {
        return switch (reply) {
            case "done" -> Written.DONE;
            case "other" -> Written.OTHER_END;
            default ->
                new Written(
                        Written.Way.ALREADY_TOLD,
                        NAMES.splitAsStream(reply)
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.toSet()));
        };
    }

    private String stream(Series series) {
        return switch (series) {
            case ACTS -> keys.audit.acts();
            case COUNTS -> keys.audit.counts();
        };
    }

    private static String bytes(Series series) {
        return AuditText.BYTES + series.wireName();
    }

    @Override
    public Future<List<Kept>> read(Range range, int most) {
        PackRange packs = new PackRange(range, most);
        Future<Response> acts = bulk.send(packs.of(Series.ACTS, keys.audit.acts()));
        Future<Response> counts = bulk.send(packs.of(Series.COUNTS, keys.audit.counts()));
        return Future.all(acts, counts).map(both -> packs.merge(acts.result(), counts.result()));
    }

    @Override
    public Future<Optional<Kept>> find(String place) {
        PackPlace pack = PackPlace.of(place);
        return bulk.send(Call.of(Command.XRANGE, stream(pack.series()))
                        .arg(pack.id())
                        .arg(pack.id()))
                .map(found -> found.stream()
                        .map(entry -> new Kept(place, AuditText.lines(entry.get(1))))
                        .findFirst());
    }

    @Override
    public Future<List<Chain>> chains() {
        return bulk.send(Call.of(Command.HGETALL, keys.audit.chains())).map(found -> {
            Map<String, String> fields = new HashMap<>();
            found.getKeys().forEach(field -> fields.put(field, found.get(field).toString()));
            return AuditText.chains(fields);
        });
    }

    @Override
    public Future<Void> sign(String chain, String signature) {
        return bulk.send(Call.of(Command.HSET, keys.audit.chains())
                        .arg(AuditText.SIGNATURE + chain)
                        .arg(signature))
                .mapEmpty();
    }

    @Override
    public Future<Map<String, Announced>> unfinished(Instant before) {
        Map<String, Announced> old = new HashMap<>();
        return scan("0", MOST_SCANS, act -> act.deadline().isBefore(before), old)
                .map(old);
    }

    @Override
    public Future<Map<String, Announced>> noted() {
        Map<String, Announced> noted = new HashMap<>();
        return scan("0", MOST_SCANS_OF_ALL, act -> act.done().isPresent(), noted)
                .compose(isAll -> isAll ? Future.succeededFuture(noted) : Future.failedFuture(tooMany()));
    }

    private static Problem tooMany() {
        return Problem.unavailable("audit: too many entries are not written yet (expected: a retry)");
    }

    /** Returns whether these are all of them. */
    private Future<Boolean> scan(String cursor, int left, Predicate<Announced> which, Map<String, Announced> found) {
        return bulk.send(Call.of(Command.HSCAN, keys.audit.announced())
                        .arg(cursor)
                        .arg("COUNT")
                        .arg(SCANNED))
                .compose(page -> {
                    AuditText.fields(page.get(1))
                            .forEach((name, text) ->
                                    AuditText.announced(text).filter(which).ifPresent(act -> found.put(name, act)));
                    String next = page.get(0).toString();
                    boolean isAll = next.equals("0");
                    return isAll || left <= 1 ? Future.succeededFuture(isAll) : scan(next, left - 1, which, found);
                });
    }

    @Override
    public Future<Trimmed> trim(Series series, Duration retention, long mostBytes) {
        return bulk.send(Script.AUDIT_TRIM
                        .call(stream(series), keys.audit.chains())
                        .arg(retention.toMillis())
                        .arg(mostBytes)
                        .arg(TRIMMED)
                        .arg(bytes(series)))
                .map(reply -> new Trimmed(
                        reply.get(0).toInteger() == 1,
                        reply.get(1).toLong(),
                        Optional.of(reply.get(2).toLong())
                                .filter(millis -> millis >= 0)
                                .map(Instant::ofEpochMilli),
                        reply.get(3).toInteger() == 1));
    }

    @Override
    public Future<Void> dropChains(Duration retention) {
        return chains().compose(chains -> {
            List<String> empty = chains.stream()
                    .filter(chain -> chain.removed().equals(chain.last()))
                    .map(Chain::id)
                    .limit(MOST_DROPPED)
                    .toList();
            return empty.isEmpty() ? Future.succeededFuture() : drop(empty, retention);
        });
    }

    private Future<Void> drop(List<String> chains, Duration retention) {
        Call drop = Script.AUDIT_DROP.call(keys.audit.chains()).arg(TimeUnit.MICROSECONDS.convert(retention));
        chains.forEach(drop::arg);
        return bulk.send(drop).mapEmpty();
    }
}
