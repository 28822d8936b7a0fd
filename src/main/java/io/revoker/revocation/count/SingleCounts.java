package io.revoker.revocation.count;

import io.revoker.bus.Revoke;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Pair;
import io.revoker.revocation.jwt.JwtPreview;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;

/** What the revocation of one token, or of its pair, would report. */
record SingleCounts(TokenStore store, Marks marks, InstantSource time) {

    Future<Report> count(Target.Single one, Revoke request) {
        if (one instanceof Target.OneJwt jwt) {
            return new JwtPreview(store, marks, time).of(jwt, request.jwt(), token -> count(token, one.extent()));
        }
        TokenKind kind = ((Target.OneToken) one).kind();
        return store.find(one.id())
                .map(found -> found.filter(token -> token.kind() == kind
                        && request.scope().covers(token.holder().realm())
                        && !token.isExpiredAt(time.instant())))
                .compose(found -> found.map(token -> count(token, one.extent()))
                        .orElseGet(() -> Future.succeededFuture(Report.NOT_FOUND)));
    }

    private Future<Report> count(Token token, Extent extent) {
        if (token.state() == Token.State.DAMAGED) {
            String line =
                    HolderProblem.of(token.holder(), "Redis: damaged grant").line();
            return Future.succeededFuture(Report.of(Stamp.NONE, Tally.NONE, List.of(line)));
        }
        Tally alone = marks.isDead(token) ? Tally.ONE_PREVIOUSLY : Tally.ONE_INVALIDATED;
        Future<Tally> all = extent == Extent.GRANT && token.partner().isPresent()
                ? store.pair(token)
                        .map(found -> found.map(pair -> tally(pair, token.kind(), alone))
                                .orElse(alone))
                : Future.succeededFuture(alone);
        return all.map(tally -> Report.of(Stamp.NONE, tally, List.of()));
    }

    /** A mark may cover one of its tokens only. */
    private Tally tally(Pair pair, TokenKind asked, Tally alone) {
        TokenKind other = asked.other();
        if (!pair.states().containsKey(other)) {
            return alone;
        }
        boolean dead = pair.states().get(other) != Token.State.LIVE
                || marks.coverOf(pair.traits().only(other))
                        .kills(pair.birth(), pair.facts().issuedAt());
        return alone.plus(dead ? Tally.ONE_PREVIOUSLY : Tally.ONE_INVALIDATED);
    }
}
