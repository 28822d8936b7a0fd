package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepStatus;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Answers the callers that wait for sweeps, wherever those run. The event loop that runs a sweep completes its waiters
 * directly; the state of all other sweeps is polled from the ledger. No caller waits longer than {@code patience}, and
 * less if the sweep makes no progress.
 *
 * <p>The waiters are requests, and their number is bounded.
 */
final class SweepAnswers {
    private static final long LOOK_MILLIS = 100;

    /** Number of sweeps that are looked up in the ledger in one poll. */
    private static final int LOOKED_AFTER = 500;

    /** The end of a sweep, and a caller that waits for it. */
    private record Awaited(Promise<Report> end, SweepWaiter waiter) {}

    private final SweepContext sweepContext;
    private final SweepLedger ledger;
    private final Vertx vertx;
    private final Function<Stamp, Optional<RunningSweep>> here;
    private final Map<Stamp, List<Awaited>> ends = new LinkedHashMap<>();
    private OptionalLong looking = OptionalLong.empty();

    /** @param here finds a sweep that runs on this event loop */
    SweepAnswers(SweepContext sweepContext, SweepLedger ledger, Function<Stamp, Optional<RunningSweep>> here) {
        this.sweepContext = sweepContext;
        this.ledger = ledger;
        this.vertx = sweepContext.context().owner();
        this.here = here;
    }

    /** Answers the callers that still wait: their sweeps go on elsewhere. */
    Future<Void> stop() {
        looking.ifPresent(vertx::cancelTimer);
        List<Future<Void>> noted = new ArrayList<>();
        for (Stamp sweep : List.copyOf(ends.keySet())) {
            waiters(sweep).forEach(one -> one.giveUp(Uncounted.interrupted(sweep)));
            noted.add(ledger.markUndelivered(sweep));
        }
        return Future.join(noted).mapEmpty();
    }

    /** Waits for the sweep, and for those that it joins. */
    Future<Report> await(Entered entered) {
        Stamp sweep = entered.stamp();
        Promise<Report> end = Promise.promise();
        List<Promise<Report>> joined = entered.joined().stream()
                .map(other -> Promise.<Report>promise())
                .toList();
        SweepWaiter waiter = new SweepWaiter(
                entered, end.future(), joined.stream().map(Promise::future).toList());
        add(sweep, new Awaited(end, waiter));
        for (int i = 0; i < joined.size(); i++) {
            add(entered.joined().get(i), new Awaited(joined.get(i), waiter));
        }
        long patience =
                vertx.setTimer(sweepContext.limits().patience().toMillis(), timer -> waiter.giveUp(stillOpen(entered)));
        return waiter.answer()
                .onComplete(answered -> vertx.cancelTimer(patience))
                .compose(answer -> deliver(entered.sweep(), answer));
    }

    /**
     * The ledger keeps the counts of joined sweeps, and of sweeps that another instance ended, until they are marked
     * as delivered here, whatever happens to this instance. They are marked before the caller is answered, so that no
     * two callers get the same counts. If marking fails, the counts are left to the next caller.
     */
    private Future<Report> deliver(SweepStatus sweep, SweepWaiter.Result answer) {
        return answer.undelivered().isEmpty()
                ? Future.succeededFuture(answer.all())
                : ledger.markDelivered(sweep.target(), answer.undelivered())
                        .map(answer.all())
                        .recover(failure -> answer.mayAnswerOwn()
                                ? Future.succeededFuture(answer.own())
                                : Future.failedFuture(Uncounted.yet(sweep.sweep(), "not ended")));
    }

    /** A sweep that ran here has ended. */
    void completeWaiters(RunningSweep one, AsyncResult<Report> ended) {
        if (one.isKeptForNextCaller()) {
            keptForNextCaller(one.stamp());
        }
        completeWaiters(one.stamp(), ended);
    }

    private void keptForNextCaller(Stamp sweep) {
        waiters(sweep).forEach(waiter -> waiter.keptForNextCaller(sweep));
    }

    private void completeWaiters(Stamp sweep, AsyncResult<Report> ended) {
        Optional.ofNullable(ends.remove(sweep)).ifPresent(all -> all.forEach(one -> complete(one.end(), ended)));
    }

    private static void complete(Promise<Report> end, AsyncResult<Report> ended) {
        if (ended.succeeded()) {
            end.tryComplete(ended.result());
        } else {
            end.tryFail(ended.cause());
        }
    }

    private Problem stillOpen(Entered entered) {
        List<Stamp> first = new ArrayList<>(entered.joined());
        first.add(entered.stamp());
        List<Stamp> undelivered = first.stream().filter(ends::containsKey).toList();
        undelivered.forEach(this::noteUndelivered);
        Stamp open = undelivered.isEmpty() ? entered.stamp() : undelivered.get(0);
        String waited = sweepContext.limits().patience().toMillis() + " ms";
        Optional<RunningSweep> running = here.apply(open);
        return running.map(one -> Uncounted.yet(open, "still running after " + waited)
                        .after(one.sweep().counts().tally()))
                .orElseGet(() -> Uncounted.yet(open, "not ended after " + waited));
    }

    /** For a sweep on any instance. */
    private void noteUndelivered(Stamp sweep) {
        here.apply(sweep).ifPresent(RunningSweep::keepForNextCaller);
        ledger.markUndelivered(sweep).onFailure(Sweeps::logFailure);
    }

    private void add(Stamp sweep, Awaited one) {
        ends.computeIfAbsent(sweep, unknown -> new ArrayList<>()).add(one);
        if (looking.isEmpty()) {
            looking = OptionalLong.of(vertx.setPeriodic(LOOK_MILLIS, tick -> look()));
        }
    }

    private List<SweepWaiter> waiters(Stamp sweep) {
        return Optional.ofNullable(ends.get(sweep)).orElseGet(List::of).stream()
                .map(Awaited::waiter)
                .toList();
    }

    /** Until nobody waits: an idle service is not woken. */
    private void look() {
        if (ends.isEmpty()) {
            looking.ifPresent(vertx::cancelTimer);
            looking = OptionalLong.empty();
        }
        List.copyOf(ends.keySet()).stream().limit(LOOKED_AFTER).forEach(this::look);
    }

    /** Puts the sweep at the end of the line, so that the next poll begins with others. */
    private void look(Stamp sweep) {
        List<Awaited> awaited = Optional.ofNullable(ends.remove(sweep)).orElseGet(ArrayList::new);
        awaited.removeIf(one -> one.waiter().isAnswered());
        if (awaited.isEmpty()) {
            return;
        }
        ends.put(sweep, awaited);
        Optional<RunningSweep> running = here.apply(sweep);
        if (running.isPresent()) {
            giveUpIfStill(running.get());
        } else {
            ledger.find(sweep).onSuccess(found -> elsewhere(sweep, found)).onFailure(Sweeps::logFailure);
        }
    }

    private void giveUpIfStill(RunningSweep one) {
        if (one.sweep().standsStill(sweepContext.limits().standstill())) {
            noteUndelivered(one.stamp());
            Problem still = Uncounted.yet(one.stamp(), "makes no progress, because the store does not answer")
                    .after(one.sweep().counts().tally());
            waiters(one.stamp()).forEach(waiter -> waiter.giveUp(still));
        }
    }

    /** The sweep may have ended on this event loop in the meantime. */
    private void elsewhere(Stamp sweep, Optional<SweepStatus> found) {
        if (here.apply(sweep).isPresent() || !ends.containsKey(sweep)) {
            return;
        }
        if (found.isEmpty()) {
            completeWaiters(sweep, Future.failedFuture(SweepCompletion.lost(sweep)));
            return;
        }
        SweepStatus status = found.get();
        switch (status.state()) {
            case RUNNING, WAITING, STOPPING -> {}
            case ENDED -> {
                keptForNextCaller(sweep);
                completeWaiters(sweep, Future.succeededFuture(SweepCompletion.counted(status)));
            }
            case STOPPED ->
                completeWaiters(
                        sweep,
                        Future.failedFuture(
                                Uncounted.stopped(sweep).after(status.progress().tally())));
            case FAILED ->
                completeWaiters(
                        sweep,
                        Future.failedFuture(Uncounted.of(sweep, "failed")
                                .after(status.progress().tally())));
            case JOINED -> status.by().ifPresent(by -> follow(sweep, by));
        }
    }

    private void follow(Stamp sweep, Stamp by) {
        Optional.ofNullable(ends.remove(sweep))
                .ifPresent(all -> all.forEach(one -> {
                    Promise<Report> end = Promise.promise();
                    end.future()
                            .map(report -> Report.countedBy(sweep, report))
                            .onComplete(one.end()::tryComplete, one.end()::tryFail);
                    add(by, new Awaited(end, one.waiter()));
                }));
    }
}
