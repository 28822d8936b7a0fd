package io.revoker.bus;

import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Verdict;
import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.Receipt;
import io.revoker.domain.store.AnswerStore;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * The sending end of the contract, for any verticle in the same Vert.x, or in another member of its cluster. Every
 * failure is a {@link Problem}.
 *
 * <p>A request goes to the revocation verticle of the caller's own event loop if there is one: a hop to another thread
 * costs three times as much.
 */
public final class RevokerBus {
    private final Vertx vertx;
    private final Duration timeout;
    private final Delivery options;
    private final Delivery untraced;
    private final Delivery ofRevocations;
    private final LoopAddress loop;
    private final Thread owner = Thread.currentThread();
    private final Optional<CheckBatcher> batcher;
    private final Optional<NearChecks> near;

    /**
     * Create it on the event loop that uses it. Other threads may use it too, but their requests change threads.
     *
     * @param timeout how long to wait for an answer
     */
    public RevokerBus(Vertx vertx, Duration timeout) {
        this(vertx, timeout, timeout);
    }

    /**
     * The same, with another time-out for revocations.
     *
     * @param revocations how long to wait for the answer to one
     */
    public RevokerBus(Vertx vertx, Duration timeout, Duration revocations) {
        this(vertx, timeout, revocations, NearAnswers.NONE);
    }

    /**
     * The same, with answers to checks that come from memory.
     *
     * @param near may know them
     */
    public RevokerBus(Vertx vertx, Duration timeout, Duration revocations, NearAnswers near) {
        this.near = Optional.of(near).filter(some -> some != NearAnswers.NONE).map(NearChecks::new);
        this.vertx = vertx;
        this.timeout = timeout;
        this.options = Delivery.of(new DeliveryOptions().setSendTimeout(timeout.toMillis()));
        this.untraced = Delivery.of(
                new DeliveryOptions().setSendTimeout(timeout.toMillis()).setTracingPolicy(TracingPolicy.IGNORE));
        this.ofRevocations = Delivery.of(new DeliveryOptions().setSendTimeout(revocations.toMillis()));
        this.loop = LoopAddress.of(vertx);
        this.batcher = Context.isOnEventLoopThread()
                ? Optional.of(new CheckBatcher(vertx.getOrCreateContext(), this::checkTogether))
                : Optional.empty();
    }

    /**
     * Revocations of users go to the urgent endpoint, so that they do not wait for work that keeps an event loop busy.
     * Single tokens are too many for it, and the revocation of a realm takes a while anyway.
     */
    public Future<Report> revoke(Revoke request) {
        String address = request.target()
                .match(
                        one -> loop.nearest(Addresses.REVOKE),
                        realm -> loop.nearest(Addresses.REVOKE),
                        user -> loop.urgent(Addresses.REVOKE),
                        user -> loop.urgent(Addresses.REVOKE),
                        all -> loop.nearest(Addresses.REVOKE));
        return ask(address, request, ofRevocations);
    }

    /** Takes as long as a revocation. */
    public Future<Report> count(Count request) {
        return ask(loop.nearest(Addresses.COUNT), request, ofRevocations);
    }

    public Future<Registration> register(Register request) {
        return askNearest(Addresses.REGISTER, request);
    }

    /** Checks of one turn of the event loop are sent together; each is answered by itself. */
    public Future<Verdict> check(Check request) {
        return near.isPresent() ? near.get().check(request, this::ask) : ask(request);
    }

    private Future<Verdict> ask(Check request) {
        return batcher.isPresent() && Thread.currentThread() == owner
                ? batcher.get().ask(request)
                : askNearest(Addresses.CHECK, request);
    }

    public Future<Verdicts> checkAll(CheckAll request) {
        return near.isPresent() ? near.get().checkAll(request, this::askAll) : askAll(request);
    }

    private Future<Verdicts> askAll(CheckAll request) {
        return askNearest(Addresses.CHECK_ALL, request);
    }

    /** A message that many requests share belongs to no request's trace. */
    private Future<Verdicts> checkTogether(CheckAll request) {
        return ask(loop.nearest(Addresses.CHECK_ALL), request, untraced);
    }

    public Future<AnswerStore.Reserved> reserveAnswer(AnswerStore.Reserve request) {
        return askNearest(Addresses.RESERVE_ANSWER, request);
    }

    public Future<AnswerStore.Reserved> settleAnswer(AnswerStore.Settle request) {
        return askNearest(Addresses.SETTLE_ANSWER, request);
    }

    public Future<LockStore.Found> findLocks(LockStore.Find request) {
        return askNearest(Addresses.FIND_LOCKS, request);
    }

    public Future<LockStore.Found> removeLock(LockStore.Remove request) {
        return askNearest(Addresses.REMOVE_LOCK, request);
    }

    public Future<HeldGrants> findGrants(FindGrants request) {
        return askNearest(Addresses.FIND_GRANTS, request);
    }

    /** Looks for no longer than half of the time-out, so that what was found by then is answered in time. */
    public Future<ListedGrants> listGrants(ListedGrants.Find request) {
        return askNearest(Addresses.LIST_GRANTS, request.within(timeout.dividedBy(2)));
    }

    public Future<LogPage> readLog(ReadLog request) {
        return askNearest(Addresses.READ_LOG, request);
    }

    public Future<FoundSweeps> findSweeps(FindSweeps request) {
        return askNearest(Addresses.FIND_SWEEPS, request);
    }

    public Future<FoundSweeps> stopSweep(StopSweep request) {
        return askNearest(Addresses.STOP_SWEEP, request);
    }

    /** Comes in the time that is asked for, whether all followers have applied the revocation by then or not. */
    public Future<Receipt> receipt(AwaitReceipt request) {
        long wait = Math.min(request.timeout().toMillis(), AwaitReceipt.LONGEST.toMillis());
        return ask(Addresses.RECEIPT, request, options.longer(wait));
    }

    /** Asks the verticle of the caller's own event loop, if there is one. */
    <T> Future<T> askNearest(String address, Object request) {
        return ask(loop.nearest(address), request, options);
    }

    private <T> Future<T> ask(String address, Object request, Delivery delivery) {
        DeliveryOptions options = loop.isServedHere() ? delivery.here() : delivery.anywhere();
        return Handlers.to(request, asked -> vertx.eventBus().<T>request(address, asked, options))
                .map(Codecs::read)
                .recover(failure -> Future.failedFuture(problem(failure)));
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof ProblemReply reply) {
            return reply.problem();
        }
        if (failure instanceof ReplyException reply) {
            return switch (reply.failureType()) {
                case TIMEOUT -> Problem.unavailable("event bus: no answer in time");
                case NO_HANDLERS -> Problem.unavailable("event bus: no handlers");
                case RECIPIENT_FAILURE, ERROR -> Problem.internal("event bus: " + reply.failureType());
            };
        }
        return Handlers.problem(failure);
    }
}
