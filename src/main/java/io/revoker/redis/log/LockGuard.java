package io.revoker.redis.log;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.KnownMarks;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Refuses registrations that a lock forbids. What this node knows of the locks is as good as what is stored, if it
 * knows all marks: a lock comes with a mark. Else the locks that cover the tokens are read. If this node knows a lock
 * that the store has lost, it counts. Used by one event loop only.
 */
public final class LockGuard {
    private final RedisLink link;
    private final Keys keys;
    private final KnownMarks known;
    private final InstantSource time;

    public LockGuard(RedisLink link, Keys keys, KnownMarks known, InstantSource time) {
        this.link = link;
        this.keys = keys;
        this.known = known;
        this.time = time;
    }

    /** Fails if a lock is known here. */
    public Future<Void> requireNoneHere(Traits tokens) {
        return required(here(tokens));
    }

    /**
     * Fails if there was a lock at the time of a mark.
     *
     * @param last the newest mark that the store had a moment ago
     */
    public Future<Void> requireNone(Traits tokens, Stamp last) {
        return known.hasAllUpTo(last) ? requireNoneHere(tokens) : now(tokens).compose(LockGuard::required);
    }

    /** The kinds of those tokens of a grant for which there is a lock now: one by key or by kind is not for both. */
    public Future<Set<TokenKind>> locked(Traits tokens) {
        return now(tokens)
                .compose(any -> any.isEmpty() || tokens.kinds().size() == 1
                        ? Future.succeededFuture(any.isEmpty() ? Set.of() : tokens.kinds())
                        : each(tokens));
    }

    private Future<Set<TokenKind>> each(Traits tokens) {
        Set<TokenKind> locked = EnumSet.noneOf(TokenKind.class);
        return Future.all(tokens.kinds().stream()
                        .map(kind ->
                                now(tokens.only(kind)).onSuccess(until -> until.ifPresent(end -> locked.add(kind))))
                        .toList())
                .map(locked);
    }

    private Future<Optional<Instant>> now(Traits tokens) {
        return stored(tokens).map(stored -> later(stored, here(tokens)));
    }

    private static Future<Void> required(Optional<Instant> until) {
        return until.<Future<Void>>map(end -> Future.failedFuture(
                        Problem.locked("registration: locked until " + end.truncatedTo(ChronoUnit.SECONDS))))
                .orElseGet(Future::succeededFuture);
    }

    private Optional<Instant> here(Traits tokens) {
        return known.lockedUntil(tokens).filter(this::isToCome);
    }

    private Future<Optional<Instant>> stored(Traits tokens) {
        Call read = Call.of(Command.HMGET, keys.locks);
        LongStream.concat(tokens.marks(), tokens.marksOfSelections()).forEach(id -> read.arg(RedisMarkStore.bytes(id)));
        return link.send(read)
                .map(found -> found.stream()
                        .flatMap(value -> Stream.ofNullable(value).map(held -> LockText.end(held.toBytes())))
                        .filter(this::isToCome)
                        .max(Instant::compareTo));
    }

    private boolean isToCome(Instant until) {
        return until.isAfter(time.instant());
    }

    private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
        return Stream.of(a, b).flatMap(Optional::stream).max(Instant::compareTo);
    }
}
