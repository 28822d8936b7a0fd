package io.revoker.revocation.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The invalidation of a registered token, or of its pair. */
public final class Invalidation {
    private Invalidation() {}

    /**
     * Invalidates it, if its stored data are sound, and then writes the log entry: who reads that finds the token dead.
     * If the store may have lost the invalidation before the entry was written, it is repeated: other instances may
     * have looked for what was lost already.
     *
     * @param target that names the token
     * @param log writes the entry after the invalidation that it gets, which has been sent
     */
    public static Future<Report> of(
            Token token, Target.Single target, Function<Future<?>, Future<Stamp>> log, TokenStore store) {
        if (token.state() == Token.State.DAMAGED) {
            return log.apply(Future.succeededFuture())
                    .map(stamp -> Report.of(
                            stamp,
                            Tally.NONE,
                            List.of(HolderProblem.of(token.holder(), "Redis: damaged grant")
                                    .line())));
        }
        long before = store.incarnation();
        return store.sendInvalidation(token, target.extent()).compose(sent -> {
            Future<Tally> dead = sent.reply();
            Future<Stamp> logged = log.apply(dead);
            return Future.join(logged, dead)
                    .transform(both -> logged.succeeded()
                            ? dead.compose(tally -> againIfLost(
                                            before, store, tally, () -> store.invalidate(token, target.extent()))
                                    .map(done -> Report.of(logged.result(), tally, List.of())))
                            : Future.failedFuture(unlogged(logged.cause(), dead)));
        });
    }

    /**
     * Repeats a write if the store may have lost it.
     *
     * @param before the incarnation of the store before the write
     * @param tally of the write; what the repetition counts was counted with it
     */
    static Future<Void> againIfLost(long before, TokenStore store, Tally tally, Supplier<Future<Tally>> write) {
        return store.incarnation() == before
                ? Future.succeededFuture()
                : write.get()
                        .<Void>mapEmpty()
                        .recover(failure -> Future.failedFuture(unlogged(failure, Future.succeededFuture(tally))));
    }

    /** Whether a token is dead in the store, and for a grant the other one, too; of a pair one may have expired. */
    public static Future<Boolean> isDone(Token token, Target.Extent extent, TokenStore store) {
        return extent == Target.Extent.GRANT
                ? store.pair(token)
                        .map(pair -> pair.filter(Invalidation::isDead).isPresent())
                : store.find(token.id())
                        .map(found -> found.filter(now -> now.state() == Token.State.INVALIDATED)
                                .isPresent());
    }

    private static boolean isDead(TokenStore.Pair pair) {
        Collection<Token.State> unexpired = pair.states().values();
        return !unexpired.isEmpty() && unexpired.stream().allMatch(state -> state == Token.State.INVALIDATED);
    }

    /** When nothing is left of a token, and for a grant of the other one, whose expiry is not known. */
    public static Instant end(Token token, Target.Extent extent) {
        return extent == Target.Extent.GRANT && token.partner().isPresent() ? Instant.MAX : token.expiresAt();
    }

    /**
     * Why there is no log entry, with what was counted, which a repetition would not count again. Without an answer to
     * the invalidation it says that the token may be dead.
     */
    static Throwable unlogged(Throwable failure, AsyncResult<Tally> dead) {
        if (failure instanceof Problem problem && dead.succeeded()) {
            return problem.after(dead.result());
        }
        return dead.cause() instanceof Problem open && open.isUnanswered() ? open : failure;
    }
}
