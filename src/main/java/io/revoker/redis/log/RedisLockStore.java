package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.MarkId;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The locks, in the slot of the log; used by one event loop only. */
public final class RedisLockStore implements LockStore {
    /** Locks that one call writes: others wait no longer than for the call of a sweep. */
    private static final int TOGETHER = 200;

    private final RedisLink link;
    private final Keys keys;
    private final StampRange bounds;

    public RedisLockStore(RedisLink link, Keys keys, StampRange bounds) {
        this.link = link;
        this.keys = keys;
        this.bounds = bounds;
    }

    @Override
    public Future<Optional<List<Lock>>> all(Stamp known) {
        return link.send(Script.LOCKS.call(keys.events, keys.locks).arg(known.micros()))
                .map(reply -> Optional.ofNullable(reply).map(RedisLockStore::locks));
    }

    private static List<Lock> locks(Response found) {
        return IntStream.range(0, found.size() / 2)
                .mapToObj(i -> LockText.parse(found.get(2 * i + 1).toBytes()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Future<Integer> raise(List<Lock> locks) {
        if (locks.isEmpty()) {
            return Future.succeededFuture(0);
        }
        int some = Math.min(TOGETHER, locks.size());
        return write(locks.subList(0, some))
                .compose(left -> raise(locks.subList(some, locks.size())).map(more -> left + more));
    }

    private Future<Integer> write(List<Lock> locks) {
        Call raise = Script.LOCK.call(keys.locks).arg(MOST);
        locks.forEach(lock -> raise.arg(RedisMarkStore.bytes(lock.id().bits()))
                .arg(LockText.micros(lock.until()))
                .arg(LockText.of(lock)));
        return link.send(raise).map(Response::toInteger);
    }

    @Override
    public Future<Boolean> remove(MarkId id) {
        return link.send(Script.UNLOCK
                        .call(keys.clock, keys.locks, keys.events)
                        .arg(RedisMarkStore.bytes(id.bits()))
                        .arg(bounds.least())
                        .arg(bounds.most()))
                .map(reply -> reply.toInteger() == 1);
    }
}
