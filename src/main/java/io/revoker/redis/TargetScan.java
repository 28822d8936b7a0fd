package io.revoker.redis;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.TokenStore.Cursor;
import io.revoker.domain.TokenStore.Page;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the holders that a target covers from the index sets. */
final class TargetScan {
    private final IndexScan index;
    private final Keys keys;

    TargetScan(IndexScan index, Keys keys) {
        this.index = index;
        this.keys = keys;
    }

    Future<Page> page(Target target, Cursor cursor) {
        return target.match(
                one -> Future.failedFuture(new IllegalArgumentException("a single token is not scanned for")),
                realm -> usersOf(realm.realm(), Position.parse(cursor)),
                user -> realmsFor(user.user(), cursor),
                user -> Future.succeededFuture(new Page(List.of(user.holder()), Optional.empty())));
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
                user -> index.size(keys.realms),
                user -> Future.succeededFuture(1L));
    }

    private Future<Page> usersOf(RealmId realm, Position at) {
        return index.page(keys.users(keys.tag(realm, at.shard())), at.inShard())
                .map(page -> new Page(
                        page.names().stream()
                                .map(user -> new UserInRealm(realm, new UserName(user)))
                                .toList(),
                        at.next(page.next(), keys.realmShards()).map(Position::cursor)));
    }

    /** Every realm is tried: there are few realms, and a hash that is not there costs a script next to nothing. */
    private Future<Page> realmsFor(UserName user, Cursor cursor) {
        return index.page(keys.realms, cursor)
                .map(page -> new Page(
                        page.names().stream()
                                .map(realm -> new UserInRealm(new RealmId(realm), user))
                                .toList(),
                        page.next()));
    }

    /** Where a scan of a realm is: in which shard, and how far in it. */
    private record Position(int shard, Cursor inShard) {
        static Position parse(Cursor cursor) {
            if (cursor.equals(Cursor.START)) {
                return new Position(0, Cursor.START);
            }
            int colon = cursor.value().indexOf(':');
            return new Position(
                    Integer.parseInt(cursor.value().substring(0, colon)),
                    new Cursor(cursor.value().substring(colon + 1)));
        }

        Optional<Position> next(Optional<Cursor> inShard, int shards) {
            if (inShard.isPresent()) {
                return Optional.of(new Position(shard, inShard.get()));
            }
            return shard + 1 < shards ? Optional.of(new Position(shard + 1, Cursor.START)) : Optional.empty();
        }

        Cursor cursor() {
            return new Cursor(shard + ":" + inShard.value());
        }
    }
}
