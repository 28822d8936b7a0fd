package io.revoker.redis.index;

import io.revoker.domain.RealmId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The index of the realms in which a user has tokens; used by one event loop only.
 *
 * <p>A registration writes the index before it writes the grant, so every grant's realm is in it. The index is not
 * known to be complete if some grants were written before there was an index, or if a node of a Cluster may have lost
 * some of it. Then every realm is asked, and one instance {@linkplain RealmsOfUsersBuild rebuilds it}.
 */
public final class RealmsOfUsers {
    /** How long other instances leave the build to one that began it and then disappeared. */
    private static final long BUILDING_MILLIS = 600_000;

    /** The context of the event loop, not of any request. */
    private final Context context = Vertx.currentContext();

    private final RedisLink link;
    private final Keys keys;
    private final IndexScan index;
    private final int pageSize;
    private final Duration trusted;
    private Future<Boolean> building = Future.succeededFuture(false);

    /**
     * Create it on the event loop that will use it.
     *
     * @param trusted how long a build is trusted: no longer than the shortest time for which a mark is kept. The sweep
     * before a mark is dropped then uses a newer build than the first sweep did, and finds grants of instances that do
     * not maintain the index
     */
    public RealmsOfUsers(RedisLink link, Keys keys, int pageSize, Duration trusted) {
        this.link = link;
        this.keys = keys;
        this.index = new IndexScan(link);
        this.pageSize = pageSize;
        this.trusted = trusted;
    }

    /** The position of a scan of this index. */
    private record Indexed(Cursor from) implements Cursor {}

    /**
     * Notes that a holder has tokens. Call it before they are written.
     *
     * @param expiry of the last one, in seconds
     */
    public Future<Void> add(UserInRealm holder, long expiry) {
        UserName user = holder.user();
        return link.send(Script.INDEX
                        .call(keys.realms(user))
                        .arg(keys.memberPrefix(user) + holder.realm().key())
                        .arg(expiry))
                .mapEmpty();
    }

    /** The next holders of a user. */
    Future<Page> page(UserName user, Cursor cursor) {
        if (cursor instanceof Indexed indexed) {
            return indexed(user, indexed.from());
        }
        return cursor.equals(Cursor.START) ? pageAfter(Future.succeededFuture(), user) : everyRealm(user, cursor);
    }

    /**
     * The first holders of a user, read after a write. The index is read in the same turn as the note whether it is
     * complete. If it is not, the page may lack holders: it is discarded, and every realm is asked.
     */
    Future<Page> pageAfter(Future<?> written, UserName user) {
        Future<Boolean> whole = isWholeAfter(written);
        Future<Members> first = index.pageAfter(whole, keys.realms(user), pageSize);
        return whole.compose(is -> is ? first.map(page -> indexed(user, page)) : everyRealm(user, Cursor.START));
    }

    /**
     * The approximate number of holders to process. If the index has to be built and no other instance is building it,
     * waits for that.
     */
    Future<Long> size(UserName user) {
        return isWhole()
                .compose(whole -> whole
                        ? Future.succeededFuture(true)
                        : link.history().map(this::build).orElse(Future.succeededFuture(false)))
                .compose(whole -> whole
                        ? index.page(keys.realms(user), Cursor.START, pageSize).compose(page -> size(user, page))
                        : index.size(keys.realms));
    }

    private Future<Long> size(UserName user, Members page) {
        return page.next().isPresent()
                ? index.size(keys.realms(user))
                : Future.succeededFuture((long) ofUser(user, page).size());
    }

    private Future<Page> indexed(UserName user, Cursor from) {
        return index.page(keys.realms(user), from, pageSize).map(page -> indexed(user, page));
    }

    private Page indexed(UserName user, Members page) {
        return new Page(ofUser(user, page), page.next().map(Indexed::new));
    }

    private List<Holding> ofUser(UserName user, Members page) {
        return page.names().stream()
                .flatMap(name -> holder(user, name).map(Holding::of).stream())
                .toList();
    }

    /** The holder that a member of the index set stands for; empty if it is of another user. */
    Optional<UserInRealm> holder(UserName user, String member) {
        String prefix = keys.memberPrefix(user);
        return Optional.of(member)
                .filter(name -> name.startsWith(prefix))
                .map(name -> new UserInRealm(RealmId.stored(name.substring(prefix.length())), user));
    }

    /**
     * After all realms, reads the index too: it may still have a realm, on another node, that a fail-over took from
     * the list of realms.
     */
    private Future<Page> everyRealm(UserName user, Cursor cursor) {
        return index.page(keys.realms, cursor, pageSize)
                .map(page -> new Page(
                        page.names().stream()
                                .map(realm -> Holding.of(new UserInRealm(RealmId.stored(realm), user)))
                                .toList(),
                        page.next().or(() -> Optional.of(new Indexed(Cursor.START)))));
    }

    /**
     * Whether the index is known to have every holder. It is if the servers that have answered are those for which it
     * was built.
     */
    Future<Boolean> isWhole() {
        return isWholeAfter(Future.succeededFuture());
    }

    private Future<Boolean> isWholeAfter(Future<?> written) {
        return link.sendAfter(written, Script.INDEXED.call(keys.indexed)).map(built -> {
            Optional<String> servers = link.history();
            boolean whole =
                    built != null && servers.filter(built.toString()::equals).isPresent();
            if (!whole) {
                servers.ifPresent(this::build);
            }
            return whole;
        });
    }

    /** Whether a build has succeeded now. One build runs at a time. If it fails, the next request tries again. */
    private Future<Boolean> build(String servers) {
        Promise<Boolean> built = Promise.promise();
        context.runOnContext(turn -> {
            if (building.isComplete()) {
                building = begin(servers);
            }
            building.otherwise(false).onComplete(built);
        });
        return built.future();
    }

    private Future<Boolean> begin(String servers) {
        return link.send(Call.of(Command.SET, keys.indexing)
                        .arg(1)
                        .arg("NX")
                        .arg("PX")
                        .arg(BUILDING_MILLIS))
                .compose(free -> free == null
                        ? Future.succeededFuture(false)
                        : buildAlone(servers).map(true))
                .onFailure(RealmsOfUsersBuild::logFailure);
    }

    private Future<Void> buildAlone(String servers) {
        long begun = System.nanoTime();
        return new RealmsOfUsersBuild(context, link, keys, this)
                .run()
                .compose(built -> trust(servers, trusted.minusNanos(System.nanoTime() - begun)))
                .eventually(() -> link.send(Call.of(Command.DEL, keys.indexing)))
                .mapEmpty();
    }

    private Future<?> trust(String servers, Duration left) {
        return link.send(
                Call.of(Command.SET, keys.indexed).arg(servers).arg("PX").arg(Math.max(1, left.toMillis())));
    }
}
