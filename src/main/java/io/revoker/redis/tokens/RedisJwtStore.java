package io.revoker.redis.tokens;

import io.revoker.domain.RealmId;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.TokenId;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.JwtStore;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/**
 * Tombstones as keys of their own: there are few, each expires by itself, and a Cluster spreads them. Used by one event
 * loop only.
 */
final class RedisJwtStore implements JwtStore {
    private final Context context;
    private final RedisLink link;
    private final Keys keys;
    private final MarkRace marks;
    private final InstantSource time;
    private Optional<Future<Stamp>> newest = Optional.empty();

    RedisJwtStore(Context context, RedisLink link, Keys keys, MarkRace marks, InstantSource time) {
        this.context = context;
        this.link = link;
        this.keys = keys;
        this.marks = marks;
        this.time = time;
    }

    @Override
    public Future<Boolean> isRevoked(RealmId realm, Collection<TokenId> ids) {
        return Future.all(ids.stream()
                        .map(id -> link.send(Call.of(Command.GET, keys.tombstone(realm, id)))
                                .map(stamp -> stamp != null))
                        .toList())
                .map(found -> found.<Boolean>list().contains(true));
    }

    /** It lives to the end of the second. That it is there says all. */
    @Override
    public Future<Tally> revoke(RealmId realm, TokenId id, Instant until) {
        if (!until.isAfter(time.instant())) {
            return Future.succeededFuture(Tally.NONE);
        }
        return link.send(Call.of(Command.SET, keys.tombstone(realm, id))
                        .arg(1)
                        .arg("NX")
                        .arg("EXAT")
                        .arg(until.getEpochSecond() + 1))
                .map(written -> written == null ? Tally.ONE_PREVIOUSLY : Tally.ONE_INVALIDATED);
    }

    @Override
    public String part(RealmId realm, TokenId id) {
        return keys.tombstone(realm, id);
    }

    /**
     * What asks in a later turn gets another read. A task that comes before the end of this turn was queued before it
     * began, and the read is sent after that.
     */
    @Override
    public Future<Stamp> newestMark() {
        if (newest.isEmpty()) {
            newest = Optional.of(marks.last());
            context.runOnContext(endOfTurn -> newest = Optional.empty());
        }
        return newest.get();
    }

    @Override
    public Future<Boolean> isLocked(Traits token) {
        return marks.locks().locked(token).map(kinds -> !kinds.isEmpty());
    }

    @Override
    public Future<Cover> coverOf(Traits token) {
        return marks.marks().coverOf(token);
    }
}
