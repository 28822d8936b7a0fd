package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog.Entered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.stream.Stream;

/** Somebody who waits for a sweep, and for those that it joins. */
final class Waiter {
    private final Stamp sweep;
    private final List<Future<Report>> joined;
    private final Promise<Told> answer = Promise.promise();
    private boolean ownIsUntold;

    /**
     * What there is to tell.
     *
     * @param own what its own sweep came to
     * @param all the same, with the counts of those that it joins
     * @param untold sweeps whose counts are in it, and which the ledger keeps for the next caller until it is told that somebody has heard them
     */
    record Told(Report own, Report all, List<Stamp> untold) {
        /** Whether its own counts may be told whatever the ledger says. */
        boolean isOwnToBeTold() {
            return own.outcome() == Report.Outcome.COUNTED && own.joined().isEmpty() && !untold.contains(own.stamp());
        }
    }

    /**
     * Waits from now on.
     *
     * @param end of its own sweep
     * @param joined the ends of those that are joined; one that fails is left out
     */
    Waiter(Entered entered, Future<Report> end, List<Future<Report>> joined) {
        this.sweep = entered.sweep().sweep();
        this.joined = joined;
        Future<?> first = joined.isEmpty() ? Future.succeededFuture() : Future.join(joined);
        first.transform(told -> end).map(this::withJoined).onComplete(answer::tryComplete, answer::tryFail);
    }

    Future<Told> answer() {
        return answer.future();
    }

    /** The ledger keeps the counts of a sweep that has ended for the next caller. */
    void isKeptUntold(Stamp ended) {
        ownIsUntold |= ended.equals(sweep);
    }

    boolean isAnswered() {
        return answer.future().isComplete();
    }

    /** Waits no longer. What it joins is told if all of that has ended; its own sweep counts what is younger. */
    void giveUp(Problem why) {
        if (!joined.isEmpty() && joined.stream().allMatch(Future::succeeded)) {
            answer.tryComplete(withJoined(Report.joined(sweep)));
        } else {
            answer.tryFail(why);
        }
    }

    private Told withJoined(Report own) {
        Report all = own;
        for (Future<Report> earlier : joined) {
            all = earlier.succeeded() ? all.joining(earlier.result()) : all;
        }
        return new Told(own, all, untold(own, all.joined()));
    }

    private List<Stamp> untold(Report own, List<Stamp> others) {
        return ownIsUntold && own.outcome() == Report.Outcome.COUNTED
                ? Stream.concat(others.stream(), Stream.of(sweep)).toList()
                : others;
    }
}
