package io.revoker.redis;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a grant that was just written is born after every mark that was raised over its holder meanwhile.
 *
 * <p>If the newest stamp of a mark has not moved since the birth stamp was taken, every later mark is raised after the grant was written, so that its
 * sweep finds it. If it has moved, the marks that apply are read: one that is newer than the birth stamp may have swept before the grant was there, so
 * the grant is born again after it, unless a revocation has touched it meanwhile.
 */
final class Births {
    private static final int REBIRTHS = 100;

    private final RedisLink link;
    private final Keys keys;

    Births(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /** A grant as it was written. */
    record Birth(Bundle bundle, GrantId id, GrantState state) {
        private Birth after(Stamp stamp) {
            return new Birth(bundle, id, state.bornAt(stamp));
        }

        private UserInRealm holder() {
            return bundle.holder();
        }
    }

    /** The newest stamp of a mark. */
    Future<Stamp> last() {
        return link.send(askForLast()).map(Births::stamp);
    }

    /** The newest stamp of a mark after something was written. */
    Future<Stamp> lastAfter(Future<?> written) {
        return link.sendAfter(written, askForLast()).map(Births::stamp);
    }

    /** The newest stamp of a mark over a holder. */
    Future<Stamp> newestMark(UserInRealm holder) {
        Call marks = Call.of(Command.ZMSCORE, keys.marks);
        Stream.of(
                        new Target.OfRealm(holder.realm()),
                        new Target.OfUser(holder.user()),
                        new Target.OfUserInRealm(holder))
                .map(TargetText::of)
                .forEach(marks::arg);
        return link.send(marks)
                .map(scores -> scores.stream()
                        .filter(score -> score != null)
                        .map(score -> new Stamp(score.toDouble().longValue()))
                        .max(Stamp::compareTo)
                        .orElse(Stamp.NONE));
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
            if (!mark.isAfter(birth.state().birth())) {
                return Future.succeededFuture(true);
            }
            return rebirth(birth, birth.after(last.isAfter(mark) ? last : mark), left);
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

    private Call askForLast() {
        return Call.of(Command.GET, keys.last);
    }

    private static Stamp stamp(@Nullable Response last) {
        return last == null ? Stamp.NONE : new Stamp(last.toLong());
    }
}
