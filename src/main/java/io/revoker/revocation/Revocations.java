package io.revoker.revocation;

import io.revoker.bus.Revoke;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.audit.Keeping;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.domain.store.RevocationLog.Writing;
import io.revoker.domain.store.SingleRevocations.Prepared;
import io.revoker.domain.store.SingleRevocations.Revoked;
import io.revoker.domain.store.TokenStore;
import io.revoker.revocation.count.HolderLookup;
import io.revoker.revocation.jwt.Invalidation;
import io.revoker.revocation.jwt.JwtRevocations;
import io.revoker.revocation.near.NearWait;
import io.revoker.revocation.unlogged.SingleAct;
import io.revoker.revocation.unlogged.UnloggedTokens;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out revocations. Those of a single token or pair first invalidate it, and then write the log entry: who has
 * read the entry finds it dead. All others write the log entry first, which raises their mark in the same instant.
 * Every acknowledged revocation is in the log.
 */
final class Revocations {
    private final TokenStore store;
    private final RevocationLog log;
    private final LogWriter writer;
    private final Sweeps sweeps;
    private final WorkMeters meters;
    private final InstantSource time;
    private final HolderLookup holders;
    private final JwtRevocations jwts;
    private final NearWait near;
    private final UnloggedTokens unlogged;

    Revocations(
            RevocationVerticle.Ports ports,
            LogWriter writer,
            Sweeps sweeps,
            JwtRevocations jwts,
            WorkMeters meters,
            InstantSource time,
            NearWait near,
            UnloggedTokens unlogged) {
        this.near = near;
        this.unlogged = unlogged;
        this.store = ports.urgent();
        this.log = ports.log();
        this.writer = writer;
        this.sweeps = sweeps;
        this.jwts = jwts;
        this.meters = meters;
        this.time = time;
        this.holders = new HolderLookup(ports.urgent());
    }

    /** @param keeping nothing is changed before it is kept */
    Future<Report> revoke(Revoke request, Keeping keeping) {
        Target target = request.target();
        if (!request.scope().covers(target)) {
            return Future.failedFuture(Problem.forbidden("target: outside of the caller's realms"));
        }
        if (request.lockUntil().isPresent() && !target.mayBeLocked()) {
            return Future.failedFuture(
                    Problem.invalid(
                            "lockUntil: of a single token, or of what was issued before a time (expected: of what comes, too)"));
        }
        Optional<Problem> problem = target.problem(time.instant());
        if (problem.isPresent()) {
            return Future.failedFuture(problem.get());
        }
        if (target instanceof Target.OneToken one) {
            return revokeToken(one, request, keeping);
        }
        return keeping.announced()
                .compose(ready ->
                        target instanceof Target.OneJwt one ? revokeJwt(one, request) : revokeMany(target, request));
    }

    private Future<Report> revokeMany(Target target, Revoke request) {
        Future<Boolean> noTokens = holders.hasNoTokens(target);
        Writing writing = log.begin();
        Order order = new Order(
                request.caller().orElse(""), Start.AT_ONCE, request.reason(), request.lockUntil(), request.notAfter());
        Future<Report> swept = switch (request.until()) {
            case SWEPT -> sweeps.sweep(target, order);
            case MARKED -> sweeps.beginSweep(target, order);
        };
        return swept.compose(report -> confirm(report, writing, sweeps.writtenFor(report)))
                .compose(report -> noTokens.map(none -> none ? report.foundNobody() : report));
    }

    private boolean fits(Token token, Target.OneToken target, RealmScope scope) {
        return token.kind() == target.kind()
                && scope.covers(token.holder().realm())
                && !token.isExpiredAt(time.instant());
    }

    /** In one step if the store can; else it is looked up first. */
    private Future<Report> revokeToken(Target.OneToken target, Revoke request, Keeping keeping) {
        return store.singles()
                .prepare(target)
                .compose(known -> known.filter(prepared -> fits(prepared.token(), target, request.scope()))
                        .map(prepared -> inOneStep(target, prepared, request.reason(), keeping))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())))
                .compose(done -> done.map(Future::succeededFuture).orElseGet(() -> inSteps(target, request, keeping)));
    }

    private Future<Report> inSteps(Target.OneToken target, Revoke request, Keeping keeping) {
        Future<Void> announced = keeping.announced();
        return store.find(target.id())
                .map(found -> found.filter(token -> fits(token, target, request.scope())))
                .compose(found -> announced.compose(ready -> inSteps(target, found, request.reason())));
    }

    private Future<Optional<Report>> inOneStep(
            Target.OneToken target, Prepared known, Optional<Reason> reason, Keeping keeping) {
        Writing writing = log.begin();
        Token token = known.token();
        Future<Optional<Report>> attempt = known.step()
                .take(reason, keeping.noted(token.holder()))
                .onSuccess(done -> done.ifPresent(revoked -> written(revoked, target, reason, token)))
                .map(done -> done.map(revoked -> Report.of(revoked.stamp(), revoked.tally(), List.of())));
        return unlogged.carryOut(act(target, token, reason), attempt)
                .compose(done -> done.isEmpty()
                        ? Future.succeededFuture(done)
                        : confirm(done.get(), token, writing).map(Optional::of));
    }

    private void written(Revoked revoked, Target.OneToken target, Optional<Reason> reason, Token token) {
        Registered known = new Registered(token.holder().realm(), revoked.expiresAt(), token.partner());
        writer.written(revoked.stamp(), target, reason, Optional.of(known));
    }

    private Future<Report> inSteps(Target.OneToken target, Optional<Token> found, Optional<Reason> reason) {
        Writing writing = log.begin();
        return found.map(token -> unlogged.carryOut(act(target, token, reason))
                        .compose(report -> confirm(report, token, writing)))
                .orElseGet(() -> Future.succeededFuture(Report.NOT_FOUND));
    }

    private Future<Report> confirm(Report report, Token token, Writing writing) {
        return confirm(report.of(token.holder()), writing, Optional.of(Set.of(store.part(token.holder()))));
    }

    private SingleAct act(Target.OneToken target, Token token, Optional<Reason> reason) {
        return new SingleAct(
                target,
                Invalidation.end(token, target.extent()),
                () -> Invalidation.of(token, target, dead -> writer.appendAfter(dead, target, reason, token), store),
                () -> Invalidation.isDone(token, target.extent(), store));
    }

    private Future<Report> revokeJwt(Target.OneJwt target, Revoke request) {
        Writing writing = log.begin();
        return jwts.revoke(target, request.jwt(), request.reason())
                .compose(done -> done.report().outcome() == Report.Outcome.NOT_FOUND
                        ? Future.succeededFuture(done.report())
                        : confirm(named(done.report(), request), writing, Optional.of(done.parts())));
    }

    private static Report named(Report report, Revoke request) {
        return request.jwt().map(jwt -> report.of(jwt.holder())).orElse(report);
    }

    /** Every acknowledgement comes by here. */
    private Future<Report> confirm(Report report, Writing writing, Optional<Set<String>> parts) {
        Future<Void> known = near.await(report.stamp());
        return meters.confirmation(parts.map(writing::confirm).orElseGet(writing::confirm))
                .compose(durability -> known.map(report.confirmed(durability)))
                .recover(failure -> Future.failedFuture(after(report, failure)));
    }

    private static Throwable after(Report report, Throwable failure) {
        return failure instanceof Problem problem
                ? problem.beginning("the tokens are dead, but not acknowledged: ")
                        .after(report.tally())
                : failure;
    }
}
