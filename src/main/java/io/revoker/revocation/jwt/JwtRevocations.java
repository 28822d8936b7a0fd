package io.revoker.revocation.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Target.OneJwt;
import io.revoker.domain.Token;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.revocation.unlogged.SingleAct;
import io.revoker.revocation.unlogged.UnloggedTokens;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Revokes single JWTs that need not be registered: first the tombstone, then the log entry. One that is registered is
 * invalidated before that, too, and counted as a registered token.
 */
public final class JwtRevocations {
    private final TokenStore store;
    private final Log log;
    private final JwtChecks checks;
    private final CoveringMarks marks;
    private final UnloggedTokens unlogged;

    /** Appends a revocation to the log. */
    @FunctionalInterface
    public interface Log {
        /**
         * Appends one; returns its stamp.
         *
         * @param registered what is known of the token; empty if it is not registered
         */
        Future<Stamp> append(Target.Single token, Optional<Reason> reason, Optional<Token> registered);
    }

    public JwtRevocations(TokenStore store, Log log, Marks marks, InstantSource time, UnloggedTokens unlogged) {
        this.unlogged = unlogged;
        this.store = store;
        this.log = log;
        this.checks = new JwtChecks(store, marks, time);
        this.marks = new CoveringMarks(store.jwts(), marks);
    }

    /**
     * What was done.
     *
     * @param parts of the store that were written to
     */
    public record Done(Report report, Set<String> parts) {
        private static final Done NOTHING = new Done(Report.NOT_FOUND, Set.of());

        /** The same of one that was dead before. */
        private Done before() {
            return new Done(Report.of(report.stamp(), Tally.ONE_PREVIOUSLY, List.of()), parts);
        }
    }

    /**
     * Revokes one.
     *
     * @param shown what was verified of its text; empty if it is named by an id
     */
    public Future<Done> revoke(OneJwt one, Optional<VerifiedJwt> shown, Optional<Reason> reason) {
        return shown.map(jwt -> revokeShown(one, jwt, reason))
                .orElseGet(() -> registered(one, store.find(one.id())).compose(token -> write(one, token, reason)));
    }

    /** Registered or not matters also where checks do not look at it: a refresh token may have been with it. */
    private Future<Done> revokeShown(OneJwt one, VerifiedJwt jwt, Optional<Reason> reason) {
        if (checks.hasExpired(jwt)) {
            return Future.succeededFuture(Done.NOTHING);
        }
        return registered(one, store.find(one.id())).compose(token -> {
            if (token.isPresent()) {
                return write(one, token, reason);
            }
            return jwt.demand() == VerifiedJwt.Demand.REGISTERED
                    ? Future.succeededFuture(Done.NOTHING)
                    : writeShown(one, jwt, reason);
        });
    }

    private Future<Optional<Token>> registered(OneJwt one, Future<Optional<Token>> found) {
        return found.map(any -> any.filter(token -> checks.isRegistrationOf(one, token)));
    }

    /**
     * One that a mark covers counts as dead, but gets its tombstone: a registration after the mark, or other claims of
     * its realm, would bring it to life.
     */
    private Future<Done> writeShown(OneJwt one, VerifiedJwt jwt, Optional<Reason> reason) {
        return marks.of(jwt)
                .compose(cover -> write(one, Optional.empty(), reason)
                        .map(done -> IssueTime.of(jwt).mayPrecede(cover) ? done.before() : done));
    }

    private Future<Done> write(OneJwt one, Optional<Token> registered, Optional<Reason> reason) {
        return unlogged.carryOut(new SingleAct(
                        one,
                        end(one, registered),
                        () -> buryAndLog(one, registered, reason),
                        () -> isBegun(one, registered)))
                .map(report -> new Done(report, parts(one, registered)));
    }

    private static Instant end(OneJwt one, Optional<Token> registered) {
        return registered
                .map(token -> Invalidation.end(token, one.extent()))
                .filter(end -> end.isAfter(one.expiresAt()))
                .orElse(one.expiresAt());
    }

    /** In a Cluster, a registered one may be dead without a tombstone, or have one and not be invalidated yet. */
    private Future<Boolean> isBegun(OneJwt one, Optional<Token> registered) {
        Future<Boolean> buried = store.jwts().isRevoked(one.realm(), List.of(one.id()));
        return registered
                .map(token -> either(buried, Invalidation.isDone(token, one.extent(), store)))
                .orElse(buried);
    }

    /** If one of them is true, the other one does not matter. */
    private static Future<Boolean> either(Future<Boolean> one, Future<Boolean> other) {
        Future<?> both = Future.join(one, other);
        return both.transform(done -> isTrue(one) || isTrue(other) ? Future.succeededFuture(true) : both.map(false));
    }

    private static boolean isTrue(Future<Boolean> answer) {
        return answer.succeeded() && answer.result();
    }

    private Future<Report> buryAndLog(OneJwt one, Optional<Token> registered, Optional<Reason> reason) {
        long before = store.incarnation();
        Future<Tally> buried = bury(one);
        return registered
                .map(token -> writeRegistered(one, token, reason, buried))
                .orElseGet(() -> writeUnregistered(one, reason, buried))
                .compose(report -> Invalidation.againIfLost(before, store, report.tally(), () -> bury(one))
                        .map(done -> report));
    }

    private Future<Tally> bury(OneJwt one) {
        return store.jwts().revoke(one.realm(), one.id(), one.expiresAt());
    }

    private Future<Report> writeUnregistered(OneJwt one, Optional<Reason> reason, Future<Tally> buried) {
        return buried.compose(tally -> log.append(one, reason, Optional.empty())
                .transform(logged -> logged.succeeded()
                        ? Future.succeededFuture(Report.of(logged.result(), tally, List.of()))
                        : Future.failedFuture(Invalidation.unlogged(logged.cause(), buried))));
    }

    private Future<Report> writeRegistered(OneJwt one, Token token, Optional<Reason> reason, Future<Tally> buried) {
        return Invalidation.of(
                        token,
                        one,
                        dead -> Future.all(buried, dead).compose(both -> log.append(one, reason, Optional.of(token))),
                        store)
                .map(report -> isOlder(buried.result(), report.tally())
                        ? Report.of(report.stamp(), buried.result(), List.of())
                        : report)
                .recover(failure -> buried.transform(tomb -> Future.failedFuture(counted(failure, tomb))));
    }

    /** One that had a tombstone before was dead, even if it was registered later. */
    private static boolean isOlder(Tally buried, Tally invalidated) {
        return buried.equals(Tally.ONE_PREVIOUSLY) && invalidated.equals(Tally.ONE_INVALIDATED);
    }

    /** A repetition finds the tombstone, and does not count the token again. */
    private static Throwable counted(Throwable failure, AsyncResult<Tally> buried) {
        return failure instanceof Problem problem
                        && (problem.done().equals(Tally.NONE)
                                || (buried.succeeded() && isOlder(buried.result(), problem.done())))
                ? Invalidation.unlogged(failure, buried)
                : failure;
    }

    private Set<String> parts(OneJwt one, Optional<Token> registered) {
        Set<String> parts = new HashSet<>(Set.of(store.jwts().part(one.realm(), one.id())));
        registered.ifPresent(token -> parts.add(store.part(token.holder())));
        return parts;
    }
}
