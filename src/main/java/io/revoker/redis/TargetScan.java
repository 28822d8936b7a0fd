package io.revoker.redis;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.TokenStore.Cursor;
import io.revoker.domain.TokenStore.Page;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads the holders that a target covers from the index sets, by SCAN: what is in a set from the beginning to the end of the scan is given at least
 * once (<a href="https://redis.io/docs/latest/commands/scan/">its guarantee</a>), and a registration only ever adds.
 */
final class TargetScan {
    private final RedisLink link;
    private final Keys keys;
    private final int pageSize;

    TargetScan(RedisLink link, Keys keys, int pageSize) {
        this.link = link;
        this.keys = keys;
        this.pageSize = pageSize;
    }

    Future<Page> page(Target target, Cursor cursor) {
        return target.match(
                one -> Future.failedFuture(new IllegalArgumentException("a single token is not scanned for")),
                realm -> usersOf(realm.realm(), Position.parse(cursor)),
                user -> realmsFor(user.user(), Position.parse(cursor)),
                user -> Future.succeededFuture(new Page(List.of(user.holder()), Optional.empty())));
    }

    private Future<Page> usersOf(RealmId realm, Position at) {
        return scan(keys.users(keys.tag(realm, at.shard())), at)
                .map(reply -> page(reply, at, keys.realmShards(), user -> new UserInRealm(realm, new UserName(user))));
    }

    /** Every realm is tried: there are few realms, and a hash that is not there costs a script next to nothing. */
    private Future<Page> realmsFor(UserName user, Position at) {
        return scan(keys.realms, at)
                .map(reply -> page(reply, at, 1, realm -> new UserInRealm(new RealmId(realm), user)));
    }

    private Future<Response> scan(String key, Position at) {
        return link.send(Request.cmd(Command.ZSCAN)
                .arg(key)
                .arg(at.cursor())
                .arg("COUNT")
                .arg(pageSize));
    }

    private static Page page(Response reply, Position at, int shards, Function<String, UserInRealm> holder) {
        Response members = reply.get(1);
        List<UserInRealm> holders = IntStream.range(0, members.size() / 2)
                .mapToObj(i -> holder.apply(members.get(2 * i).toString()))
                .toList();
        return new Page(holders, at.next(reply.get(0).toString(), shards).map(Position::cursorText));
    }

    /** Where a scan is: in which shard, and at which cursor of it. */
    private record Position(int shard, String cursor) {
        static Position parse(Cursor cursor) {
            if (cursor.equals(Cursor.START)) {
                return new Position(0, "0");
            }
            int colon = cursor.value().indexOf(':');
            return new Position(
                    Integer.parseInt(cursor.value().substring(0, colon)),
                    cursor.value().substring(colon + 1));
        }

        Optional<Position> next(String cursor, int shards) {
            if (!cursor.equals("0")) {
                return Optional.of(new Position(shard, cursor));
            }
            return shard + 1 < shards ? Optional.of(new Position(shard + 1, "0")) : Optional.empty();
        }

        Cursor cursorText() {
            return new Cursor(shard + ":" + cursor);
        }
    }
}
