package io.revoker.revocation;

import io.revoker.bus.Check;
import io.revoker.domain.Token;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.revocation.jwt.JwtChecks;
import io.vertx.core.Future;
import java.time.InstantSource;

/**
 * Says whether a token is active.
 *
 * <p>The store decides: it has invalidated every token that an acknowledged revocation covers. The marks only make a
 * revocation take effect earlier, while its sweep is still running.
 */
final class Checks {
    private final TokenStore store;
    private final Marks marks;
    private final InstantSource time;
    private final CheckActivity activity;
    private final WorkMeters meters;
    private final JwtChecks jwts;

    Checks(TokenStore store, Marks marks, InstantSource time, CheckActivity activity, WorkMeters meters) {
        this.store = store;
        this.marks = marks;
        this.time = time;
        this.activity = activity;
        this.meters = meters;
        this.jwts = new JwtChecks(store, marks, time);
    }

    Future<Verdict> check(Check request) {
        activity.seen();
        return meters.check(decide(request));
    }

    private Future<Verdict> decide(Check request) {
        if (request.finding() instanceof Finding.Refused) {
            return Future.succeededFuture(Verdict.UNKNOWN);
        }
        if (request.finding() instanceof Finding.Verified verified) {
            return jwts.check(request, verified.jwt());
        }
        return store.find(request.id())
                .map(found -> found.isPresent() ? verdict(found.get(), request) : Verdict.UNKNOWN);
    }

    private Verdict verdict(Token token, Check request) {
        if (!request.scope().covers(token.holder().realm())
                || !token.signature().admits(request.signature())
                || token.isExpiredAt(time.instant())) {
            return Verdict.UNKNOWN;
        }
        return marks.isDead(token) ? Verdict.INVALIDATED : Verdict.onLive(token, request.kinds()::include);
    }
}
