package io.revoker.redis.index;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads from the index sets where the tokens are that a target covers. */
public final class TargetScan {
    private static final int REALMS = 64;

    /** Index sets that a scan of a realm reads at once. */
    private static final int WIDTH = 32;

    private final IndexScan index;
    private final Keys keys;
    private final RealmsOfUsers realms;
    private final int pageSize;

    public TargetScan(IndexScan index, Keys keys, RealmsOfUsers realms, int pageSize) {
        this.index = index;
        this.keys = keys;
        this.realms = realms;
        this.pageSize = pageSize;
    }

    public Future<Page> page(Target target, Cursor cursor) {
        return target.match(
                one -> Future.failedFuture(new IllegalArgumentException("a single token has no pages")),
                realm -> usersOf(realm.realm(), Lanes.parse(cursor, sets())),
                user -> realms.page(user.user(), cursor),
                user -> Future.succeededFuture(new Page(List.of(Holding.of(user.holder())), Optional.empty())),
                all -> usersOfAll(cursor));
    }

    /**
     * The position of a scan of everything.
     *
     * @param realms that are left of a page of them, of which the first is being read
     * @param place where in the first one
     * @param next where the next page of realms begins; empty after the last one
     */
    private record Everywhere(List<RealmId> realms, Cursor place, Optional<Cursor> next) implements Cursor {
        /** After a page of the first realm. */
        private Optional<Cursor> after(Optional<Cursor> left) {
            List<RealmId> rest = left.isPresent() ? realms : realms.subList(1, realms.size());
            return rest.isEmpty() && next.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Everywhere(rest, left.orElse(START), next));
        }
    }

    private Future<Page> usersOfAll(Cursor cursor) {
        Everywhere from = cursor instanceof Everywhere there
                ? there
                : new Everywhere(List.of(), Cursor.START, Optional.of(Cursor.START));
        return from.realms().isEmpty() ? nextRealms(from) : usersOfFirst(from);
    }

    private Future<Page> nextRealms(Everywhere from) {
        return index.page(keys.realms, from.next().orElse(Cursor.START), REALMS)
                .map(page -> new Everywhere(
                        page.names().stream().map(RealmId::stored).toList(), Cursor.START, page.next()))
                .compose(found -> found.realms().isEmpty()
                        ? Future.succeededFuture(new Page(List.of(), Optional.empty()))
                        : usersOfFirst(found));
    }

    private Future<Page> usersOfFirst(Everywhere from) {
        return usersOf(from.realms().get(0), Lanes.parse(from.place(), sets()))
                .map(page -> new Page(page.holdings(), from.after(page.next())));
    }

    /** The first page; for a user, in the same turn as the preceding write. */
    public Future<Page> pageAfter(Future<?> written, Target target) {
        return target instanceof Target.OfUser user
                ? realms.pageAfter(written, user.user())
                : written.compose(done -> page(target, Cursor.START));
    }

    public Future<Long> size(Target target) {
        return target.match(
                one -> Future.succeededFuture(1L),
                realm -> size(realm.realm()),
                user -> realms.size(user.user()),
                user -> Future.succeededFuture(1L),
                all -> sizeOfAll());
    }

    private Future<Long> size(RealmId realm) {
        return sum(IntStream.range(0, sets()).mapToObj(set -> index.size(key(realm, set))));
    }

    /** By some of the realms. */
    private Future<Long> sizeOfAll() {
        Future<Members> some = index.page(keys.realms, Cursor.START, REALMS);
        Future<Long> all = index.size(keys.realms);
        return Future.all(some, all)
                .compose(read ->
                        sum(some.result().names().stream().map(RealmId::stored).map(this::size)))
                .map(users -> users
                        * Math.max(1, all.result())
                        / Math.max(1, some.result().names().size()));
    }

    private static Future<Long> sum(Stream<Future<Long>> sizes) {
        return Future.all(sizes.toList())
                .map(all -> all.<Long>list().stream().mapToLong(Long::longValue).sum());
    }

    private Future<Page> usersOf(RealmId realm, Lanes lanes) {
        int each = Math.max(1, pageSize / lanes.open().size());
        List<Future<Members>> pages = lanes.open().stream()
                .map(lane -> index.page(key(realm, lane.set()), lane.from(), each))
                .toList();
        return Future.all(pages).map(all -> page(realm, lanes, all.list()));
    }

    private Page page(RealmId realm, Lanes lanes, List<Members> members) {
        List<Holding> holdings = IntStream.range(0, members.size())
                .boxed()
                .flatMap(i -> members.get(i).names().stream()
                        .flatMap(name -> holding(realm, lanes.open().get(i).set(), name)))
                .toList();
        return new Page(holdings, lanes.after(members, sets()));
    }

    /** The index sets of a realm: the users of each shard that have hashes of their own, and its shared hashes. */
    private int sets() {
        return 2 * keys.realmShards();
    }

    private String key(RealmId realm, int set) {
        String tag = keys.tag(realm, set / 2);
        return set % 2 == 0 ? keys.users(tag) : keys.shared(tag);
    }

    private static Stream<Holding> holding(RealmId realm, int set, String member) {
        return set % 2 == 0
                ? Stream.of(Bundle.own(new UserInRealm(realm, UserName.stored(member))))
                : SharedHash.named(realm, set / 2, member).map(SharedHash::holding).stream();
    }

    /** The position in one index set of a realm. */
    private record Lane(int set, Cursor from) {}

    /**
     * The position of a scan of a realm: in several sets at once, because they may be on several servers.
     *
     * @param open the sets that are being read
     * @param rest the first set that has not been opened
     */
    private record Lanes(List<Lane> open, int rest) implements Cursor {
        static Lanes parse(Cursor cursor, int sets) {
            return cursor instanceof Lanes lanes ? lanes : new Lanes(List.of(), 0).filled(sets);
        }

        Optional<Cursor> after(List<Members> pages, int sets) {
            List<Lane> left = new ArrayList<>();
            for (int i = 0; i < pages.size(); i++) {
                int set = open.get(i).set();
                pages.get(i).next().ifPresent(next -> left.add(new Lane(set, next)));
            }
            Lanes next = new Lanes(left, rest).filled(sets);
            return next.open().isEmpty() ? Optional.empty() : Optional.of(next);
        }

        private Lanes filled(int sets) {
            int entered = Math.min(WIDTH - open.size(), sets - rest);
            Stream<Lane> fresh = IntStream.range(rest, rest + entered).mapToObj(set -> new Lane(set, START));
            return new Lanes(Stream.concat(open.stream(), fresh).toList(), rest + entered);
        }
    }
}
