package io.revoker.canary;

import io.revoker.bus.Check;
import io.revoker.bus.Register;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.canary.Run.Outcome;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Signature;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.Verdict;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.KnownFollower.State;
import io.revoker.domain.followers.Receipt;
import io.revoker.domain.store.Registration;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * One token, from its registration to its end. It expires soon after the bound, so that nothing of it is left, even if
 * it could not be revoked.
 */
final class Canary {
    private static final UserInRealm HOLDER = new UserInRealm(new RealmId("revoker-canary"), new UserName("canary"));
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final RevokerBus bus;
    private final InstantSource time;
    private final Duration bound;

    /**
     * @param time of the store
     * @param bound within which all followers should be closed
     */
    Canary(RevokerBus bus, InstantSource time, Duration bound) {
        this.bus = bus;
        this.time = time;
        this.bound = bound;
    }

    /** Never fails. */
    Future<Run> run() {
        TokenId id = TokenId.of(UUID.randomUUID().toString());
        return bus.register(new Register(grant(id), Optional.of(Origin.CANARY)))
                .compose(registered -> registered.outcome() == Registration.Outcome.CREATED
                        ? isActive(id)
                        : Future.failedFuture(Problem.unavailable("canary: not registered")))
                .compose(active -> active ? revoke(id) : Future.failedFuture(Problem.unavailable("canary: not active")))
                .otherwise(failure -> Run.without(Outcome.FAILED));
    }

    private Grant grant(TokenId id) {
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        return new Grant(
                HOLDER,
                Optional.of(new Grant.Granted(id, now.plus(bound).plus(MARGIN))),
                Optional.empty(),
                new Grant.Facts("", "", now));
    }

    private Future<Boolean> isActive(TokenId id) {
        return bus.check(new Check(id, Signature.ABSENT, RealmScope.ALL, Check.Kinds.ACCESS))
                .map(verdict -> verdict.status() == Verdict.Status.ACTIVE);
    }

    private Future<Run> revoke(TokenId id) {
        long begun = System.nanoTime();
        return bus.revoke(new Revoke(new Target.OneToken(TokenKind.ACCESS, id), RealmScope.ALL).from(Origin.CANARY))
                .compose(report -> report.outcome() == Report.Outcome.COUNTED
                        ? observe(id, report, begun)
                        : Future.failedFuture(Problem.unavailable("canary: not found")));
    }

    private Future<Run> observe(TokenId id, Report report, long begun) {
        return isActive(id)
                .compose(active -> active
                        ? Future.succeededFuture(Run.without(Outcome.ACCEPTED))
                        : awaitFollowers(report, Duration.ofNanos(System.nanoTime() - begun)));
    }

    private Future<Run> awaitFollowers(Report report, Duration here) {
        return bus.receipt(new AwaitReceipt(report.stamp(), RealmScope.ALL, bound))
                .map(receipt -> new Run(
                        receipt.state() == State.CLOSED ? Outcome.CLOSED : Outcome.OPEN,
                        Optional.of(receipt),
                        longer(here, receipt)));
    }

    private static Duration longer(Duration here, Receipt receipt) {
        return here.compareTo(receipt.lag()) < 0 ? receipt.lag() : here;
    }
}
