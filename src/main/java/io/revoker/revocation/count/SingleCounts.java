package io.revoker.revocation.count;

import io.revoker.bus.Revoke;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.OfGrant;
import io.revoker.domain.store.Traits;
import io.revoker.revocation.jwt.JwtPreview;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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
                ? pair(token, "").map(found -> found.orElse(alone))
                : Future.succeededFuture(alone);
        return all.map(tally -> Report.of(Stamp.NONE, tally, List.of()));
    }

    private Future<Optional<Tally>> pair(Token token, String from) {
        return store.count(token.holder(), from, Choice.ALL).compose(page -> {
            Optional<Tally> here = page.grants().stream()
                    .filter(grant -> grant.id() == idOfPair(token))
                    .map(grant -> tally(token, grant))
                    .findFirst();
            return here.isPresent() || page.next().isEmpty()
                    ? Future.succeededFuture(here)
                    : pair(token, page.next().get());
        });
    }

    private Tally tally(Token token, OfGrant grant) {
        return marks.coverOf(Traits.of(token))
                        .kills(grant.birth(), token.facts().issuedAt())
                ? new Tally(0, (long) grant.live() + grant.dead())
                : new Tally(grant.live(), grant.dead());
    }

    /** A pair has the name of its access token. */
    private static long idOfPair(Token token) {
        return token.kind() == TokenKind.ACCESS
                ? token.id().firstBits()
                : token.partner().orElseThrow();
    }
}
