package io.revoker.redis.sweeps;

import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What sweeps have counted, shard by shard. The shards that the sweep of a realm may have counted in follow from the
 * realm. The sweep of a user, or of everything, may have counted in realms whose last token has expired since; so it
 * writes down the shards before it sweeps them.
 */
public final class SweepTotals {
    public static final int SECONDS = 24 * 3600;

    private final RedisLink link;
    private final Keys keys;

    public SweepTotals(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /** Call it before the first piece is swept. */
    public Future<?> expect(Target target, Stamp sweep, List<Piece> pieces) {
        if (!isWrittenDown(target)) {
            return Future.succeededFuture();
        }
        Call call = Script.EXPECT.call(keys.parts(sweep)).arg(SECONDS);
        pieces.stream().map(piece -> keys.tag(piece.holding())).distinct().forEach(call::arg);
        return link.send(call);
    }

    public Future<Map<String, Tally>> read(Target target, Stamp sweep) {
        return target.match(
                one -> Future.succeededFuture(Map.of()),
                realm -> read(keys.tags(realm.realm()), sweep),
                user -> readWritten(sweep),
                user -> read(List.of(keys.tag(user.holder())), sweep),
                all -> readWritten(sweep));
    }

    /** Whether the shards that the sweep may have counted in do not follow from its target. */
    private static boolean isWrittenDown(Target target) {
        return target.whole() instanceof Target.OfUser || target.whole() instanceof Target.OfAll;
    }

    private Future<Map<String, Tally>> readWritten(Stamp sweep) {
        return link.send(Call.of(Command.SMEMBERS, keys.parts(sweep)))
                .compose(tags -> read(tags.stream().map(Response::toString).toList(), sweep));
    }

    public Future<Void> forget(Set<String> tags, Stamp sweep) {
        Stream<String> counted = tags.stream().map(tag -> keys.totals(tag, sweep));
        return Future.all(Stream.concat(counted, Stream.of(keys.parts(sweep)))
                        .map(key -> link.send(Call.of(Command.UNLINK, key)))
                        .toList())
                .mapEmpty();
    }

    private Future<Map<String, Tally>> read(Collection<String> tags, Stamp sweep) {
        Map<String, Tally> totals = new HashMap<>();
        return Future.all(tags.stream()
                        .map(tag -> read(tag, sweep).onSuccess(total -> totals.put(tag, total)))
                        .toList())
                .map(read -> {
                    totals.values().removeIf(Tally.NONE::equals);
                    return totals;
                });
    }

    /** Those of one shard. */
    public Future<Tally> read(String tag, Stamp sweep) {
        return link.send(Call.of(Command.HMGET, keys.totals(tag, sweep))
                        .arg("invalidated")
                        .arg("previously"))
                .map(reply -> new Tally(number(reply.get(0)), number(reply.get(1))));
    }

    private static long number(@Nullable Response text) {
        return text == null ? 0 : text.toLong();
    }
}
