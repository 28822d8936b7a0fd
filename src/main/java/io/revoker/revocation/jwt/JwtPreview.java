package io.revoker.revocation.jwt;

import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target.OneJwt;
import io.revoker.domain.Token;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What {@link JwtRevocations} would report of one JWT, without revoking it. */
public record JwtPreview(TokenStore store, Marks marks, InstantSource time) {

    /**
     * Asks whether it is dead already.
     *
     * @param shown what was verified of its text; empty if it is named by an id
     * @param registered counts it if it is registered
     */
    public Future<Report> of(OneJwt one, Optional<VerifiedJwt> shown, Function<Token, Future<Report>> registered) {
        JwtChecks checks = new JwtChecks(store, marks, time);
        if (shown.filter(checks::hasExpired).isPresent()) {
            return Future.succeededFuture(Report.NOT_FOUND);
        }
        Future<Boolean> buried = store.jwts().isRevoked(one.realm(), List.of(one.id()));
        Future<Optional<Token>> found =
                store.find(one.id()).map(any -> any.filter(token -> checks.isRegistrationOf(one, token)));
        return Future.all(buried, found)
                .compose(both -> found.result().isPresent() && !buried.result()
                        ? registered.apply(found.result().get())
                        : unregistered(shown, found.result().isPresent() || buried.result()));
    }

    private Future<Report> unregistered(Optional<VerifiedJwt> shown, boolean isDead) {
        if (isDead) {
            return Future.succeededFuture(report(Tally.ONE_PREVIOUSLY));
        }
        if (shown.isEmpty()) {
            return Future.succeededFuture(report(Tally.ONE_INVALIDATED));
        }
        VerifiedJwt jwt = shown.get();
        return jwt.demand() == VerifiedJwt.Demand.REGISTERED
                ? Future.succeededFuture(Report.NOT_FOUND)
                : new CoveringMarks(store.jwts(), marks)
                        .of(jwt)
                        .map(cover -> report(
                                IssueTime.of(jwt).mayPrecede(cover) ? Tally.ONE_PREVIOUSLY : Tally.ONE_INVALIDATED));
    }

    private static Report report(Tally tally) {
        return Report.of(Stamp.NONE, tally, List.of());
    }
}
