package io.revoker.redis;

import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.store.KnownMarks;
import io.revoker.domain.store.TokenStore;
import io.revoker.redis.index.RealmsOfUsers;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.LayoutVersion;
import io.revoker.redis.keys.StatusListKeys;
import io.revoker.redis.link.RedisClock;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.log.LockGuard;
import io.revoker.redis.log.SingleEntries;
import io.revoker.redis.log.StampRange;
import io.revoker.redis.log.StoredMarks;
import io.revoker.redis.statuslists.RedisStatusListStore;
import io.revoker.redis.tokens.MarkRace;
import io.revoker.redis.tokens.RedisTokenStore;
import io.revoker.redis.tokens.RedisTokenStore.StoreSettings;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Makes the stores whose writes race with marks; on the event loop of their connection.
 *
 * @param retention of the log
 */
record LinkStores(
        Vertx vertx,
        Keys keys,
        StatusListKeys statusListKeys,
        RedisClock clock,
        Duration retention,
        KnownMarks knownMarks,
        LayoutVersion layout) {

    /** @param entries for tokens that are invalidated and entered in the log in one step, on this connection */
    TokenStore tokens(RedisLink link, StoreSettings settings, SingleEntries entries) {
        return new RedisTokenStore(
                vertx.getOrCreateContext(),
                link,
                keys,
                settings,
                race(link),
                clock,
                new RealmsOfUsers(link, keys, settings.pageSize(), retention),
                entries,
                layout);
    }

    StatusListStore statusLists(RedisLink link) {
        return new RedisStatusListStore(link, statusListKeys, race(link), clock);
    }

    private MarkRace race(RedisLink link) {
        return new MarkRace(
                link,
                keys,
                bounds(),
                new LockGuard(link, keys, knownMarks, clock),
                new StoredMarks(link, keys, knownMarks));
    }

    /** Of stamps. */
    StampRange bounds() {
        return new StampRange(knownMarks::newestMark, clock);
    }
}
