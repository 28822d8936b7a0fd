package io.revoker.revocation.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Future;
import java.util.List;

/** The invalidation of a registered token, or of its pair. */
public final class Invalidation {
    private Invalidation() {}

    /**
     * Invalidates it, if its stored data are sound.
     *
     * @param target that names the token
     * @param logged the stamp of the log entry, which was sent in this turn
     */
    public static Future<Report> of(Token token, Target.Single target, Future<Stamp> logged, TokenStore store) {
        if (token.state() == Token.State.DAMAGED) {
            return logged.map(stamp -> Report.of(
                    stamp,
                    Tally.NONE,
                    List.of(HolderProblem.of(token.holder(), "Redis: damaged grant")
                            .line())));
        }
        Future<Tally> dead = store.invalidateAfter(logged, token, target.extent());
        return Future.join(logged, dead)
                .transform(both -> logged.succeeded()
                        ? dead.map(tally -> Report.of(logged.result(), tally, List.of()))
                        : Future.failedFuture(unlogged(logged.cause(), dead)));
    }

    /** The token may be dead all the same, but a repetition would not count it again. */
    private static Throwable unlogged(Throwable failure, Future<Tally> dead) {
        return failure instanceof Problem problem && dead.succeeded() ? problem.after(dead.result()) : failure;
    }
}
