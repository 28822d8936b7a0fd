package io.revoker.bus;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.Registration;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * The asking end of the contract, for any verticle in the same Vert.x. Every future that fails, fails with a {@link Problem}.
 *
 * <p>A request goes to the revocation verticle of the caller's own event loop if there is one: a hop to another thread costs three times as much.
 */
public final class RevokerBus {
    private final Vertx vertx;
    private final DeliveryOptions options;
    private final DeliveryOptions ofMany;
    private final DeliveryOptions ofRevocations;
    private final LoopAddress loop;
    private final Thread owner = Thread.currentThread();
    private final Optional<ChecksOfTurn> turn;

    /**
     * To be made on the event loop that uses it; other threads may use it too, but the hop is longer.
     *
     * @param timeout how long to wait for an answer
     */
    public RevokerBus(Vertx vertx, Duration timeout) {
        this(vertx, timeout, timeout);
    }

    /**
     * The same, with another bound for revocations.
     *
     * @param revocations how long to wait for the answer to one
     */
    public RevokerBus(Vertx vertx, Duration timeout, Duration revocations) {
        this.vertx = vertx;
        this.options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
        this.ofMany = new DeliveryOptions(options).setTracingPolicy(TracingPolicy.IGNORE);
        this.ofRevocations = new DeliveryOptions().setSendTimeout(revocations.toMillis());
        this.loop = LoopAddress.of(vertx);
        this.turn = Context.isOnEventLoopThread()
                ? Optional.of(new ChecksOfTurn(vertx.getOrCreateContext(), this::checkTogether))
                : Optional.empty();
    }

    /** A user must not wait for what keeps an event loop; of single tokens there are many, and a realm takes its time anyway. */
    public Future<Report> revoke(Revoke request) {
        String address = request.target()
                .match(
                        one -> loop.nearest(Addresses.REVOKE),
                        realm -> loop.nearest(Addresses.REVOKE),
                        user -> loop.urgent(Addresses.REVOKE),
                        user -> loop.urgent(Addresses.REVOKE));
        return ask(address, request, ofRevocations);
    }

    public Future<Registration> register(Register request) {
        return ask(loop.nearest(Addresses.REGISTER), request);
    }

    /** The checks of one turn of the event loop travel together; each is answered by itself. */
    public Future<Verdict> check(Check request) {
        return turn.isPresent() && Thread.currentThread() == owner
                ? turn.get().ask(request)
                : ask(loop.nearest(Addresses.CHECK), request);
    }

    public Future<Verdicts> checkAll(CheckAll request) {
        return ask(loop.nearest(Addresses.CHECK_ALL), request);
    }

    /** What many requests share belongs to the trace of none. */
    private Future<Verdicts> checkTogether(CheckAll request) {
        return ask(loop.nearest(Addresses.CHECK_ALL), request, ofMany);
    }

    public Future<FoundSweeps> findSweeps(FindSweeps request) {
        return ask(loop.nearest(Addresses.FIND_SWEEPS), request);
    }

    public Future<FoundSweeps> stopSweep(StopSweep request) {
        return ask(loop.nearest(Addresses.STOP_SWEEP), request);
    }

    private <T> Future<T> ask(String address, Object request) {
        return ask(address, request, options);
    }

    private <T> Future<T> ask(String address, Object request, DeliveryOptions options) {
        return Answering.to(request, asked -> vertx.eventBus().<T>request(address, asked, options))
                .transform(reply -> reply.succeeded()
                        ? Future.succeededFuture(reply.result().body())
                        : Future.failedFuture(problem(reply.cause())));
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof ProblemReply reply) {
            return reply.problem();
        }
        if (failure instanceof ReplyException reply) {
            return switch (reply.failureType()) {
                case TIMEOUT -> Problem.unavailable("event bus: no answer in time");
                case NO_HANDLERS -> Problem.unavailable("event bus: nobody listens");
                case RECIPIENT_FAILURE, ERROR -> Problem.internal("event bus: " + reply.failureType());
            };
        }
        return Answering.problem(failure);
    }
}
