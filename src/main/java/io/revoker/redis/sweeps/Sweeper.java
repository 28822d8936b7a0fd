package io.revoker.redis.sweeps;

import io.revoker.domain.Tally;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.redis.index.IndexScan;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The store's part of a sweep of all that is in some holdings: one script call for the hashes of one shard, which share
 * a slot.
 *
 * <p>A call begins with the holders' first bundles, and with shared hashes. If the script finds that a holder has more
 * bundles, the rest becomes a piece that reads the names of the others, page by page. What one holder has in shared
 * hashes is swept {@linkplain SharedSweep grant by grant}.
 */
public final class Sweeper {
    /** Other bundles of a holder that are swept at a time: each takes one call at most. */
    private static final int BUNDLES = 50;

    /** The position in a piece that consists of a holder's other bundles. */
    private record Others(Cursor from) implements Cursor {}

    /** The pass, and a call that Redis must execute first. */
    private record Run(Pass pass, Future<?> expected) {}

    /** A hash, and the holding that it is of. */
    private record Hash(Holding holding, String key) {}

    private static final Swept NOTHING = new Swept(Map.of(), List.of(), List.of());

    private final RedisLink link;
    private final Keys keys;
    private final IndexScan index;
    private final SharedSweep shared;
    private final int pieceSize;

    public Sweeper(RedisLink link, Keys keys, int pieceSize) {
        this.link = link;
        this.keys = keys;
        this.index = new IndexScan(link);
        this.shared = new SharedSweep(link, keys);
        this.pieceSize = pieceSize;
    }

    /**
     * Sweeps some pieces.
     *
     * @param expected a call that Redis must execute before the pieces are swept
     */
    public Future<Swept> sweep(List<Piece> pieces, Pass pass, Future<?> expected) {
        Run run = new Run(pass, expected);
        Map<String, List<Hash>> shards = new LinkedHashMap<>();
        List<Future<Swept>> calls = new ArrayList<>();
        for (Piece piece : pieces) {
            Holding holding = piece.holding();
            if (piece.from() instanceof Others others) {
                calls.add(sweepOthers(holding, others.from(), run));
                continue;
            }
            shards.computeIfAbsent(keys.tag(holding), tag -> new ArrayList<>()).add(first(holding));
            if (Bundle.hasAll(holding)) {
                calls.add(shared.sweep(holding.holder().orElseThrow(), pass, expected));
            }
        }
        shards.forEach((tag, hashes) -> calls.add(sweepFirst(tag, hashes, run)));
        return Future.all(calls)
                .map(all -> all.<Swept>list().stream().reduce(Sweeper::and).orElse(NOTHING));
    }

    private Hash first(Holding holding) {
        return new Hash(
                holding,
                holding.holder()
                        .map(holder -> keys.grants(Bundle.first(holder)))
                        .orElseGet(() -> keys.grants(SharedHash.of(holding).orElseThrow())));
    }

    private Future<Swept> sweepFirst(String tag, List<Hash> hashes, Run run) {
        return call(tag, hashes, run).map(reply -> reply.swept(tag, restOfFirst(hashes, reply)));
    }

    private static List<Piece> restOfFirst(List<Hash> hashes, SweepReply reply) {
        Stream<Piece> others =
                reply.more().stream().map(i -> others(hashes.get(i).holding(), Cursor.START));
        Stream<Piece> left = hashes.subList(reply.done(), hashes.size()).stream()
                .map(hash -> new Piece(withoutShared(hash.holding()), Cursor.START));
        return Stream.concat(others, left).toList();
    }

    /** What a holder has in shared hashes is swept in the same step. */
    private static Holding withoutShared(Holding holding) {
        return holding.holder().map(Bundle::own).orElse(holding);
    }

    private Future<Swept> sweepOthers(Holding holding, Cursor from, Run run) {
        UserInRealm holder = holding.holder().orElseThrow();
        return index.page(keys.bundles(holder), from, BUNDLES).compose(page -> {
            List<Hash> hashes = page.names().stream()
                    .map(number -> keys.grants(new Bundle(holder, Integer.parseInt(number))))
                    .map(key -> new Hash(holding, key))
                    .toList();
            Optional<Piece> rest = page.next().map(next -> others(holding, next));
            return sweepAll(keys.tag(holder), hashes, run)
                    .map(swept -> and(
                            swept, new Swept(Map.of(), List.of(), rest.stream().toList())));
        });
    }

    private static Piece others(Holding holding, Cursor from) {
        return new Piece(holding, new Others(from));
    }

    /** One call after the other; a page of bundles takes few. */
    private Future<Swept> sweepAll(String tag, List<Hash> hashes, Run run) {
        if (hashes.isEmpty()) {
            return Future.succeededFuture(NOTHING);
        }
        return call(tag, hashes, run)
                .compose(reply -> sweepAll(tag, hashes.subList(reply.done(), hashes.size()), run)
                        .map(rest -> and(reply.swept(tag, List.of()), rest)));
    }

    private Future<SweepReply> call(String tag, List<Hash> hashes, Run run) {
        Pass pass = run.pass();
        List<String> named = new ArrayList<>(hashes.size() + 1);
        named.add(keys.totals(tag, pass.before()));
        hashes.forEach(hash -> named.add(hash.key()));
        Call call = Script.SWEEP
                .call(named)
                .arg(pass.before().micros())
                .arg(SweepTotals.SECONDS)
                .arg(pieceSize)
                .arg(ChronoUnit.MICROS.between(Instant.EPOCH, pass.at()));
        return link.sendAfter(run.expected(), call).map(reply -> SweepReply.of(reply, hashes));
    }

    /** Both together. */
    public static Swept and(Swept a, Swept b) {
        Map<String, Tally> totals = new HashMap<>(a.totals());
        b.totals().forEach((part, tally) -> totals.merge(part, tally, Tally::larger));
        return new Swept(totals, join(a.errors(), b.errors()), join(a.rest(), b.rest()));
    }

    private static <T> List<T> join(List<T> a, List<T> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }

    /**
     * The reply of the script.
     *
     * @param done how many of the hashes it has processed
     * @param more indexes of the hashes whose holders have other bundles
     */
    private record SweepReply(Tally total, int done, List<String> failures, List<Integer> more) {
        static SweepReply of(Response reply, List<Hash> hashes) {
            return new SweepReply(
                    new Tally(reply.get(0).toLong(), reply.get(1).toLong()),
                    reply.get(2).toInteger(),
                    reply.get(3).stream()
                            .map(failure -> line(failure.toString().split(" ", 2), hashes))
                            .toList(),
                    reply.get(4).stream().map(Response::toInteger).toList());
        }

        private static String line(String[] failure, List<Hash> hashes) {
            return HolderProblem.of(
                            hashes.get(Integer.parseInt(failure[0])).holding(),
                            RedisFailure.ofReply(failure[1]).text())
                    .line();
        }

        Swept swept(String tag, List<Piece> rest) {
            return new Swept(Map.of(tag, total), failures, rest);
        }
    }
}
