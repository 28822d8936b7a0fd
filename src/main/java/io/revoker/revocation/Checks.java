package io.revoker.revocation;

import io.revoker.bus.Check;
import io.revoker.domain.Problem;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Future;
import java.time.InstantSource;

/**
 * Says whether a token is active.
 *
 * <p>The store decides: a token that an acknowledged revocation covers is invalidated there. The marks only make a revocation take effect
 * earlier, while its sweep is still on its way.
 */
final class Checks {
    private final TokenStore store;
    private final Marks marks;
    private final InstantSource time;
    private final CheckTraffic traffic;

    Checks(TokenStore store, Marks marks, InstantSource time, CheckTraffic traffic) {
        this.store = store;
        this.marks = marks;
        this.time = time;
        this.traffic = traffic;
    }

    Future<Verdict> check(Check request) {
        traffic.seen();
        return store.find(request.id())
                .map(found -> found.isPresent() ? verdict(found.get(), request) : Verdict.UNKNOWN);
    }

    private Verdict verdict(Token token, Check request) {
        if (!request.scope().covers(token.holder().realm())
                || !token.signature().admits(request.signature())
                || token.isExpiredAt(time.instant())) {
            return Verdict.UNKNOWN;
        }
        boolean dead = token.state() == Token.State.INVALIDATED
                || marks.newestFor(token.holder()).isAfter(token.birth())
                || marks.remembers(token.id(), token.birth());
        if (dead) {
            return Verdict.INVALIDATED;
        }
        if (token.state() == Token.State.DAMAGED) {
            throw Problem.damaged("grant: damaged (expected: as it was registered; revoke its user)");
        }
        return request.kinds().include(token.kind()) ? Verdict.active(token) : Verdict.OTHER_KIND;
    }
}
