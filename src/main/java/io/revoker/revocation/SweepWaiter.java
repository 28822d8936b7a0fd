package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog.Entered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.stream.Stream;

/** A caller that waits for a sweep, and for those that it joins. */
final class SweepWaiter {
    private final Stamp sweep;
    private final List<Future<Report>> joined;
    private final Promise<Result> answer = Promise.promise();
    private boolean ownIsUndelivered;

    /**
     * The answer for the caller.
     *
     * @param own result of its own sweep
     * @param all the same, with the counts of the sweeps that it joins
     * @param undelivered sweeps whose counts are included, and which the ledger keeps for the next caller until they
     * are marked as delivered
     */
    record Result(Report own, Report all, List<Stamp> undelivered) {
        /** Whether its own counts may be answered even if the ledger can't be updated. */
        boolean mayAnswerOwn() {
            return own.outcome() == Report.Outcome.COUNTED
                    && own.joined().isEmpty()
                    && !undelivered.contains(own.stamp());
        }
    }

    /**
     * Waits from now on.
     *
     * @param end of its own sweep
     * @param joined the ends of those that are joined; one that fails is left out
     */
    SweepWaiter(Entered entered, Future<Report> end, List<Future<Report>> joined) {
        this.sweep = entered.stamp();
        this.joined = joined;
        Future<?> first = joined.isEmpty() ? Future.succeededFuture() : Future.join(joined);
        first.transform(done -> end).map(this::withJoined).onComplete(answer::tryComplete, answer::tryFail);
    }

    Future<Result> answer() {
        return answer.future();
    }

    /** The ledger keeps the counts of a sweep that has ended for the next caller. */
    void keptForNextCaller(Stamp ended) {
        ownIsUndelivered |= ended.equals(sweep);
    }

    boolean isAnswered() {
        return answer.future().isComplete();
    }

    /**
     * Stops waiting. If all joined sweeps have ended, the answer has their counts; its own sweep counts the tokens
     * that are younger.
     */
    void giveUp(Problem why) {
        if (!joined.isEmpty() && joined.stream().allMatch(Future::succeeded)) {
            answer.tryComplete(withJoined(Report.joined(sweep)));
        } else {
            answer.tryFail(why);
        }
    }

    private Result withJoined(Report own) {
        Report all = own;
        for (Future<Report> earlier : joined) {
            all = earlier.succeeded() ? all.joining(earlier.result()) : all;
        }
        return new Result(own, all, undelivered(own, all.joined()));
    }

    private List<Stamp> undelivered(Report own, List<Stamp> others) {
        return ownIsUndelivered && own.outcome() == Report.Outcome.COUNTED
                ? Stream.concat(others.stream(), Stream.of(sweep)).toList()
                : others;
    }
}
