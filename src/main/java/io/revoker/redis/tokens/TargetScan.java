package io.revoker.redis.tokens;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.tokens.IndexScan.Members;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the holders that a target covers from the index sets. */
final class TargetScan {
    /** Shards that a scan of a realm is in at once. */
    private static final int WIDTH = 16;

    private final IndexScan index;
    private final Keys keys;
    private final RealmsOfUsers realms;
    private final int pageSize;

    TargetScan(IndexScan index, Keys keys, RealmsOfUsers realms, int pageSize) {
        this.index = index;
        this.keys = keys;
        this.realms = realms;
        this.pageSize = pageSize;
    }

    Future<Page> page(Target target, Cursor cursor) {
        return target.match(
                one -> Future.failedFuture(new IllegalArgumentException("a single token is not scanned for")),
                realm -> usersOf(realm.realm(), Lanes.parse(cursor, keys.realmShards())),
                user -> realms.page(user.user(), cursor),
                user -> Future.succeededFuture(new Page(List.of(user.holder()), Optional.empty())));
    }

    /** The first page; of a user in one turn with what was written before. */
    Future<Page> pageAfter(Future<?> written, Target target) {
        return target instanceof Target.OfUser user
                ? realms.pageAfter(written, user.user())
                : written.compose(done -> page(target, Cursor.START));
    }

    Future<Long> size(Target target) {
        return target.match(
                one -> Future.succeededFuture(1L),
                realm -> Future.all(IntStream.range(0, keys.realmShards())
                                .mapToObj(shard -> index.size(keys.users(keys.tag(realm.realm(), shard))))
                                .toList())
                        .map(all -> all.<Long>list().stream()
                                .mapToLong(Long::longValue)
                                .sum()),
                user -> realms.size(user.user()),
                user -> Future.succeededFuture(1L));
    }

    private Future<Page> usersOf(RealmId realm, Lanes lanes) {
        int each = Math.max(1, pageSize / lanes.open().size());
        List<Future<Members>> pages = lanes.open().stream()
                .map(lane -> index.page(keys.users(keys.tag(realm, lane.shard())), lane.from(), each))
                .toList();
        return Future.all(pages).map(all -> page(realm, lanes, all.list()));
    }

    private Page page(RealmId realm, Lanes lanes, List<Members> members) {
        List<UserInRealm> holders = members.stream()
                .flatMap(some -> some.names().stream())
                .map(user -> new UserInRealm(realm, UserName.stored(user)))
                .toList();
        return new Page(holders, lanes.after(members, keys.realmShards()));
    }

    /** How far in which shard of a realm. */
    private record Lane(int shard, Cursor from) {}

    /**
     * Where a scan of a realm is: in several shards at once, for they may be on several servers.
     *
     * @param open the shards that it is in
     * @param rest the first of those that it has not come to
     */
    private record Lanes(List<Lane> open, int rest) implements Cursor {
        static Lanes parse(Cursor cursor, int shards) {
            return cursor instanceof Lanes lanes ? lanes : new Lanes(List.of(), 0).filled(shards);
        }

        Optional<Cursor> after(List<Members> pages, int shards) {
            List<Lane> left = new ArrayList<>();
            for (int i = 0; i < pages.size(); i++) {
                int shard = open.get(i).shard();
                pages.get(i).next().ifPresent(next -> left.add(new Lane(shard, next)));
            }
            Lanes next = new Lanes(left, rest).filled(shards);
            return next.open().isEmpty() ? Optional.empty() : Optional.of(next);
        }

        private Lanes filled(int shards) {
            int entered = Math.min(WIDTH - open.size(), shards - rest);
            Stream<Lane> fresh = IntStream.range(rest, rest + entered).mapToObj(shard -> new Lane(shard, START));
            return new Lanes(Stream.concat(open.stream(), fresh).toList(), rest + entered);
        }
    }
}
