package io.revoker.revocation.jwt;

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
     */
    public static Future<Report> of(Token token, Target.Single target, Stamp stamp, TokenStore store) {
        return token.state() == Token.State.DAMAGED
                ? Future.succeededFuture(Report.of(
                        stamp,
                        Tally.NONE,
                        List.of(HolderProblem.of(token.holder(), "Redis: damaged grant")
                                .line())))
                : store.invalidate(token, target.extent()).map(tally -> Report.of(stamp, tally, List.of()));
    }
}
