package io.revoker.redis.tokens;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Covers;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.log.LockGuard;
import io.revoker.redis.log.StampRange;
import io.revoker.redis.log.StoredMarks;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a grant that was just written is born after every mark of its holder that was raised in the
 * meantime.
 *
 * <p>If the newest stamp of a mark has not moved since the birth stamp was read, every later mark is raised after the
 * grant was written, so that its sweep finds the grant. If it has moved, the marks that apply are read: a mark that is
 * newer than the birth stamp may have been swept before the grant was there. The grant then gets a birth stamp after
 * that mark, unless a revocation has touched it in the meantime.
 */
public final class MarkRace {
    private static final int REBIRTHS = 100;
    private static final int NO_OTHER = 0;

    /**
     * No mark is dropped within this time of its stamp. A registration that takes longer can't rely on finding the
     * mark.
     */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final RedisLink link;
    private final Keys keys;
    private final StampRange bounds;
    private final LockGuard locks;
    private final StoredMarks marks;
    private Stamp read = Stamp.NONE;

    public MarkRace(RedisLink link, Keys keys, StampRange bounds, LockGuard locks, StoredMarks marks) {
        this.locks = locks;
        this.marks = marks;
        this.link = link;
        this.keys = keys;
        this.bounds = bounds;
    }

    /**
     * The begin of a registration.
     *
     * @param nanos on the clock of {@link System#nanoTime}
     * @param birth the stamp for its grant
     * @param tooOld the tokens that are written as invalidated, because of when they were issued
     */
    record Beginning(long nanos, Stamp birth, Set<TokenKind> tooOld) {
        Beginning with(Set<TokenKind> dead) {
            return new Beginning(nanos, birth, dead);
        }

        private boolean isLongAgo() {
            return System.nanoTime() - nanos > LATE_NANOS;
        }
    }

    /** A grant as it was written. */
    record Birth(Traits traits, Bundle bundle, GrantId id, GrantState state, Beginning beginning) {
        private byte[] field() {
            return bundle.field(id.value());
        }

        /** Those of its live tokens that are locked, or too old. */
        private Set<TokenKind> dead(Covers covers, Set<TokenKind> locked) {
            Set<TokenKind> tooOld = covers.tooOld(traits.facts().issuedAt());
            return live().filter(kind -> locked.contains(kind) || tooOld.contains(kind))
                    .collect(Collectors.toUnmodifiableSet());
        }

        private Stream<TokenKind> live() {
            return Stream.of(TokenKind.values()).filter(kind -> state.state(kind) == Token.State.LIVE);
        }

        private Birth without(Set<TokenKind> dead) {
            return new Birth(traits, bundle, id, state.without(dead), beginning);
        }

        private Birth after(Stamp stamp) {
            return new Birth(traits, bundle, id, state.bornAt(stamp), beginning);
        }
    }

    /**
     * The birth stamp of a grant that is registered now: the newest stamp of a mark. If Redis has lost that, or never
     * had one, a fresh stamp is used instead. It is newer than the lost marks, which another node may know and raise
     * again.
     */
    public Future<Stamp> next() {
        return last().compose(last ->
                        last.equals(Stamp.NONE) || bounds.newestMark().get().isAfter(last)
                                ? fresh()
                                : Future.succeededFuture(last))
                .onSuccess(next -> read = next);
    }

    /** What {@link #next} returned last; there may be newer marks by now. */
    Stamp read() {
        return read;
    }

    private Future<Stamp> fresh() {
        return link.send(Script.STAMP.call(keys.clock).arg(bounds.least()).arg(bounds.most()))
                .map(reply -> new Stamp(reply.get(0).toLong()))
                .compose(stamp -> link.send(Script.LAST.call(keys.last).arg(stamp.micros()))
                        .map(stamp));
    }

    /** What keeps registrations of locked users and realms out: a lock comes with a mark. */
    public LockGuard locks() {
        return locks;
    }

    /** The newest stamp of a mark. */
    Future<Stamp> last() {
        return link.send(askForLast()).map(MarkRace::stamp);
    }

    /** The same, read after a write. */
    Future<Stamp> lastAfter(Future<?> written) {
        return link.sendAfter(written, askForLast()).map(MarkRace::stamp);
    }

    /** The marks that cover a token. */
    StoredMarks marks() {
        return marks;
    }

    /**
     * Repeats until no newer mark was raised. A mark that came after the registration began counts, though a sweep has
     * passed already and the grant was written as born after it: it may have come with a lock. The locks are read after
     * the marks: a mark that came with a lock must not be passed without it. The grant was written when there was no
     * lock, or at the same time: so its tokens count as revoked, and not as refused.
     *
     * @param last the newest stamp after the grant was written
     * @return whether the grant has a live token; false if a revocation touched it first, or if all its tokens are
     *     locked, or too old
     */
    Future<Boolean> settle(Birth birth, Stamp last) {
        return settle(birth, last, REBIRTHS);
    }

    private Future<Boolean> settle(Birth birth, Stamp last, int left) {
        if (!last.isAfter(birth.beginning().birth())) {
            return Future.succeededFuture(true);
        }
        if (left == 0) {
            return Future.failedFuture(Problem.overloaded("registration: overtaken by " + REBIRTHS + " revocations"));
        }
        return marks.coversOf(birth.traits())
                .compose(covers -> locks.locked(birth.traits()).compose(locked -> {
                    Set<TokenKind> dead = birth.dead(covers, locked);
                    Birth rest = birth.without(dead);
                    return kill(birth, dead)
                            .compose(killed -> rest.live().findAny().isPresent()
                                    ? settle(rest, last, covers.newest(), left)
                                    : Future.succeededFuture(false));
                }));
    }

    private Future<Boolean> settle(Birth birth, Stamp last, Stamp newest, int left) {
        return newest.isAfter(birth.state().birth()) || birth.beginning().isLongAgo()
                ? rebirth(birth, birth.after(last.newer(newest)), left)
                : Future.succeededFuture(true);
    }

    /** Its birth is no protection, and the sweep may be over. Both tokens of a pair die in one step. */
    private Future<?> kill(Birth birth, Set<TokenKind> dead) {
        return dead.stream()
                .sorted()
                .findFirst()
                .<Future<?>>map(kind -> link.send(Script.INVALIDATE
                        .call(keys.grants(birth.bundle()))
                        .arg(birth.field())
                        .arg(GrantState.live(kind))
                        .arg(dead.contains(kind.other()) ? GrantState.live(kind.other()) : NO_OTHER)))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Boolean> rebirth(Birth before, Birth after, int left) {
        Future<Response> moved = link.send(Script.REBIRTH
                .call(keys.grants(before.bundle()))
                .arg(before.field())
                .arg(before.state().encode())
                .arg(after.state().encode()));
        Future<Stamp> last = lastAfter(moved);
        return Future.all(moved, last)
                .compose(done -> moved.result().toInteger() == 1
                        ? settle(after, last.result(), left - 1)
                        : touched(before, last.result().newer(after.state().birth()), left - 1));
    }

    /** A sweep may have taken the one token of a pair that is locked or too old: then the other one stays. */
    private Future<Boolean> touched(Birth birth, Stamp last, int left) {
        return marks.coversOf(birth.traits())
                .compose(covers -> locks.locked(birth.traits())
                        .compose(locked -> birth.dead(covers, locked).isEmpty()
                                ? Future.succeededFuture(false)
                                : settle(birth, last, left)));
    }

    private Call askForLast() {
        return Call.of(Command.GET, keys.last);
    }

    private static Stamp stamp(@Nullable Response last) {
        return last == null ? Stamp.NONE : new Stamp(last.toLong());
    }
}
