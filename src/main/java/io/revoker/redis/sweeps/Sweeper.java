package io.revoker.redis.sweeps;

import io.revoker.domain.Tally;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.redis.index.IndexScan;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
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
 * The store's part of a sweep: one script call for the bundles of one shard, which share a slot.
 *
 * <p>A call begins with the holders' first bundles. If the script finds that a holder has more, the rest becomes a
 * piece that reads the names of the other bundles, page by page.
 */
public final class Sweeper {
    /** Other bundles of a holder that are swept at a time: each takes one call at most. */
    private static final int BUNDLES = 50;

    /** The position in a piece that consists of a holder's other bundles. */
    private record Others(Cursor from) implements Cursor {}

    /** The pass, and a call that Redis must execute first. */
    private record Run(Pass pass, Future<?> expected) {}

    private static final Swept NOTHING = new Swept(Map.of(), List.of(), List.of());

    private final RedisLink link;
    private final Keys keys;
    private final IndexScan index;
    private final int pieceSize;

    public Sweeper(RedisLink link, Keys keys, int pieceSize) {
        this.link = link;
        this.keys = keys;
        this.index = new IndexScan(link);
        this.pieceSize = pieceSize;
    }

    /**
     * Sweeps some pieces.
     *
     * @param expected a call that Redis must execute before the pieces are swept
     */
    public Future<Swept> sweep(List<Piece> pieces, Pass pass, Future<?> expected) {
        Run run = new Run(pass, expected);
        Map<String, List<Bundle>> shards = new LinkedHashMap<>();
        List<Future<Swept>> calls = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.from() instanceof Others others) {
                calls.add(sweepOthers(piece.holder(), others.from(), run));
            } else {
                shards.computeIfAbsent(keys.tag(piece.holder()), tag -> new ArrayList<>())
                        .add(Bundle.first(piece.holder()));
            }
        }
        shards.forEach((tag, bundles) -> calls.add(sweepFirst(tag, bundles, run)));
        return Future.all(calls)
                .map(all -> all.<Swept>list().stream().reduce(Sweeper::and).orElse(NOTHING));
    }

    private Future<Swept> sweepFirst(String tag, List<Bundle> bundles, Run run) {
        return call(tag, bundles, run).map(reply -> reply.swept(tag, restOfFirst(bundles, reply)));
    }

    private static List<Piece> restOfFirst(List<Bundle> bundles, SweepReply reply) {
        Stream<Piece> others =
                reply.more().stream().map(i -> others(bundles.get(i).holder(), Cursor.START));
        Stream<Piece> left = bundles.subList(reply.done(), bundles.size()).stream()
                .map(bundle -> new Piece(bundle.holder(), Cursor.START));
        return Stream.concat(others, left).toList();
    }

    private Future<Swept> sweepOthers(UserInRealm holder, Cursor from, Run run) {
        return index.page(keys.bundles(holder), from, BUNDLES).compose(page -> {
            List<Bundle> bundles = page.names().stream()
                    .map(number -> new Bundle(holder, Integer.parseInt(number)))
                    .toList();
            Optional<Piece> rest = page.next().map(next -> others(holder, next));
            return sweepAll(keys.tag(holder), bundles, run)
                    .map(swept -> and(
                            swept, new Swept(Map.of(), List.of(), rest.stream().toList())));
        });
    }

    private static Piece others(UserInRealm holder, Cursor from) {
        return new Piece(holder, new Others(from));
    }

    /** One call after the other; a page of bundles takes few. */
    private Future<Swept> sweepAll(String tag, List<Bundle> bundles, Run run) {
        if (bundles.isEmpty()) {
            return Future.succeededFuture(NOTHING);
        }
        return call(tag, bundles, run)
                .compose(reply -> sweepAll(tag, bundles.subList(reply.done(), bundles.size()), run)
                        .map(rest -> and(reply.swept(tag, List.of()), rest)));
    }

    private Future<SweepReply> call(String tag, List<Bundle> bundles, Run run) {
        Pass pass = run.pass();
        List<String> named = new ArrayList<>(bundles.size() + 1);
        named.add(keys.totals(tag, pass.before()));
        bundles.forEach(bundle -> named.add(keys.grants(bundle)));
        Call call = Script.SWEEP
                .call(named)
                .arg(pass.before().micros())
                .arg(SweepTotals.SECONDS)
                .arg(pieceSize)
                .arg(ChronoUnit.MICROS.between(Instant.EPOCH, pass.at()));
        return link.sendAfter(run.expected(), call).map(reply -> SweepReply.of(reply, bundles));
    }

    private static Swept and(Swept a, Swept b) {
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
     * @param done how many of the bundles it has processed
     * @param more indexes of the bundles whose holders have other bundles
     */
    private record SweepReply(Tally total, int done, List<String> failures, List<Integer> more) {
        static SweepReply of(Response reply, List<Bundle> bundles) {
            return new SweepReply(
                    new Tally(reply.get(0).toLong(), reply.get(1).toLong()),
                    reply.get(2).toInteger(),
                    reply.get(3).stream()
                            .map(failure -> line(failure.toString().split(" ", 2), bundles))
                            .toList(),
                    reply.get(4).stream().map(Response::toInteger).toList());
        }

        private static String line(String[] failure, List<Bundle> bundles) {
            return HolderProblem.of(
                            bundles.get(Integer.parseInt(failure[0])).holder(),
                            RedisFailure.ofReply(failure[1]).text())
                    .line();
        }

        Swept swept(String tag, List<Piece> rest) {
            return new Swept(Map.of(tag, total), failures, rest);
        }
    }
}
