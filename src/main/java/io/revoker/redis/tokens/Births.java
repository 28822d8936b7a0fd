package io.revoker.redis.tokens;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.MarkId;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.log.RedisMarkStore;
import io.revoker.redis.log.StampBounds;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a grant that was just written is born after every mark that was raised over its holder meanwhile.
 *
 * <p>If the newest stamp of a mark has not moved since the birth stamp was taken, every later mark is raised after the grant was written, so that its
 * sweep finds it. If it has moved, the marks that apply are read: one that is newer than the birth stamp may have swept before the grant was there, so
 * the grant is born again after it, unless a revocation has touched it meanwhile.
 */
public final class Births {
    private static final int REBIRTHS = 100;

    /** Within this time of its stamp no mark is dropped: a registration that takes longer can't tell that there was none. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final RedisLink link;
    private final Keys keys;
    private final StampBounds bounds;

    public Births(RedisLink link, Keys keys, StampBounds bounds) {
        this.link = link;
        this.keys = keys;
        this.bounds = bounds;
    }

    /**
     * When a registration began.
     *
     * @param nanos on the clock of {@link System#nanoTime}
     * @param birth the stamp for its grant
     */
    record Beginning(long nanos, Stamp birth) {
        private boolean isLongAgo() {
            return System.nanoTime() - nanos > LATE_NANOS;
        }
    }

    /** A grant as it was written. */
    record Birth(Bundle bundle, GrantId id, GrantState state, Beginning beginning) {
        private Birth after(Stamp stamp) {
            return new Birth(bundle, id, state.bornAt(stamp), beginning);
        }

        private UserInRealm holder() {
            return bundle.holder();
        }
    }

    /**
     * The birth stamp of a grant that is registered now: the newest stamp of a mark. If Redis has lost that, or never had one, a fresh stamp takes its
     * place: it is newer than the marks that were lost, which another node may know and raise again.
     */
    Future<Stamp> next() {
        return link.send(askForLast())
                .map(Births::stamp)
                .compose(last ->
                        last.equals(Stamp.NONE) || bounds.newestMark().get().isAfter(last)
                                ? fresh()
                                : Future.succeededFuture(last));
    }

    private Future<Stamp> fresh() {
        return link.send(Script.STAMP.call(keys.clock).arg(bounds.least()).arg(bounds.most()))
                .map(reply -> new Stamp(reply.get(0).toLong()))
                .compose(stamp -> link.send(Script.LAST.call(keys.last).arg(stamp.micros()))
                        .map(stamp));
    }

    /** The newest stamp of a mark after something was written. */
    Future<Stamp> lastAfter(Future<?> written) {
        return link.sendAfter(written, askForLast()).map(Births::stamp);
    }

    /** The newest stamp of a mark over a holder. */
    Future<Stamp> newestMark(UserInRealm holder) {
        List<Future<Stamp>> marks = LongStream.of(
                        MarkId.ofRealm(holder.realm()), MarkId.ofUser(holder.user()), MarkId.ofHolder(holder))
                .mapToObj(this::mark)
                .toList();
        return Future.all(marks).map(all -> all.<Stamp>list().stream().reduce(Stamp.NONE, Births::newer));
    }

    private Future<Stamp> mark(long id) {
        return link.send(Call.of(Command.HGET, keys.marks(id)).arg(RedisMarkStore.bytes(id)))
                .map(value -> value == null ? Stamp.NONE : RedisMarkStore.stamp(value));
    }

    /**
     * Waits for the newest stamp to stand still.
     *
     * @param last the newest stamp after the grant was written
     * @return whether the grant is live; false if a revocation touched it first
     */
    Future<Boolean> settle(Birth birth, Stamp last) {
        return settle(birth, last, REBIRTHS);
    }

    private Future<Boolean> settle(Birth birth, Stamp last, int left) {
        if (!last.isAfter(birth.state().birth())) {
            return Future.succeededFuture(true);
        }
        if (left == 0) {
            return Future.failedFuture(Problem.overloaded("registration: overtaken by " + REBIRTHS + " revocations"));
        }
        return newestMark(birth.holder()).compose(mark -> {
            if (!mark.isAfter(birth.state().birth()) && !birth.beginning().isLongAgo()) {
                return Future.succeededFuture(true);
            }
            return rebirth(birth, birth.after(newer(last, mark)), left);
        });
    }

    private Future<Boolean> rebirth(Birth before, Birth after, int left) {
        Future<Response> moved = link.send(Script.REBIRTH
                .call(keys.grants(before.bundle()))
                .arg(GrantState.field(before.id()))
                .arg(before.state().encode())
                .arg(after.state().encode()));
        Future<Stamp> last = lastAfter(moved);
        return Future.all(moved, last)
                .compose(done -> moved.result().toInteger() == 1
                        ? settle(after, last.result(), left - 1)
                        : Future.succeededFuture(false));
    }

    private static Stamp newer(Stamp a, Stamp b) {
        return a.isAfter(b) ? a : b;
    }

    private Call askForLast() {
        return Call.of(Command.GET, keys.last);
    }

    private static Stamp stamp(@Nullable Response last) {
        return last == null ? Stamp.NONE : new Stamp(last.toLong());
    }
}
