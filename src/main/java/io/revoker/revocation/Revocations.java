package io.revoker.revocation;

import io.revoker.bus.Revoke;
import io.revoker.domain.HolderFault;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.Writing;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out revocations: first the log entry, which for a realm, a user or a user in a realm raises the mark in the same instant, then the
 * invalidation of the tokens. So every revocation that is acknowledged is in the log.
 */
final class Revocations {
    private final TokenStore store;
    private final RevocationLog log;
    private final LogWriter writer;
    private final Sweeps sweeps;
    private final WorkMeters meters;
    private final InstantSource time;
    private final HolderLookup holders;

    Revocations(
            RevocationVerticle.Ports ports, LogWriter writer, Sweeps sweeps, WorkMeters meters, InstantSource time) {
        this.store = ports.urgent();
        this.log = ports.log();
        this.writer = writer;
        this.sweeps = sweeps;
        this.meters = meters;
        this.time = time;
        this.holders = new HolderLookup(ports.urgent());
    }

    Future<Report> revoke(Revoke request) {
        Target target = request.target();
        if (!request.scope().covers(target)) {
            return Future.failedFuture(Problem.forbidden("target: outside of the caller's realms"));
        }
        if (target instanceof Target.OneToken one) {
            return store.find(one.id())
                    .map(found -> found.filter(token -> fits(token, one, request.scope())))
                    .compose(token -> revokeToken(one, token));
        }
        Future<Boolean> nobody = holders.findsNobody(target);
        Writing writing = log.begin();
        Future<Report> swept = switch (request.until()) {
            case SWEPT -> sweeps.sweep(target, request.caller().orElse(""));
            case MARKED -> sweeps.beginSweep(target, request.caller().orElse(""));
        };
        return swept.compose(report -> confirm(report, writing, sweeps.writtenFor(report)))
                .compose(report -> nobody.map(found -> found ? report.foundNobody() : report));
    }

    private boolean fits(Token token, Target.OneToken target, RealmScope scope) {
        return token.kind() == target.kind()
                && scope.covers(token.holder().realm())
                && !token.isExpiredAt(time.instant());
    }

    private Future<Report> revokeToken(Target.OneToken target, Optional<Token> found) {
        Writing writing = log.begin();
        return found.map(token -> writer.append(target)
                        .compose(stamp -> invalidate(token, stamp))
                        .compose(report -> confirm(report, writing, Optional.of(Set.of(store.part(token.holder()))))))
                .orElseGet(() -> Future.succeededFuture(Report.NOT_FOUND));
    }

    private Future<Report> invalidate(Token token, Stamp stamp) {
        return token.state() == Token.State.DAMAGED
                ? Future.succeededFuture(Report.of(
                        stamp,
                        Tally.NONE,
                        List.of(HolderFault.of(token.holder(), "Redis: damaged grant")
                                .line())))
                : store.invalidate(token).map(tally -> Report.of(stamp, tally, List.of()));
    }

    private Future<Report> confirm(Report report, Writing writing, Optional<Set<String>> parts) {
        return meters.confirmation(parts.map(writing::confirm).orElseGet(writing::confirm))
                .map(report::confirmed)
                .recover(failure -> Future.failedFuture(after(report, failure)));
    }

    private static Throwable after(Report report, Throwable failure) {
        return failure instanceof Problem problem
                ? problem.beginning("the tokens are dead, but not acknowledged: ")
                        .after(report.tally())
                : failure;
    }
}
