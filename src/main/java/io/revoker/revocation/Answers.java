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
import java.util.function.Function;

/**
 * Answers whoever waits for sweeps, wherever those run: of its own event loop it is told, after all others it asks the ledger. Nobody waits for longer than
 * the bound of patience, and for a sweep that stands still not even for so long.
 *
 * <p>Those who wait are requests, whose number is bounded.
 */
final class Answers {
    private static final long LOOK_MILLIS = 100;

    /** Sweeps after which the ledger is asked at one look. */
    private static final int LOOKED_AFTER = 500;

    /** The end of a sweep, for one who waits for it. */
    private record Awaited(Promise<Report> end, Waiter waiter) {}

    private final SweepTools tools;
    private final SweepLedger ledger;
    private final Vertx vertx;
    private final Function<Stamp, Optional<RunningSweep>> here;
    private final Map<Stamp, List<Awaited>> ends = new LinkedHashMap<>();
    private long looking;

    /** @param here finds a sweep that runs on this event loop */
    Answers(SweepTools tools, SweepLedger ledger, Function<Stamp, Optional<RunningSweep>> here) {
        this.tools = tools;
        this.ledger = ledger;
        this.vertx = tools.context().owner();
        this.here = here;
    }

    void start() {
        looking = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
    }

    /** Whoever still waits is told that the sweeps go on elsewhere. */
    Future<Void> stop() {
        vertx.cancelTimer(looking);
        List<Future<Void>> noted = new ArrayList<>();
        for (Stamp sweep : List.copyOf(ends.keySet())) {
            waiters(sweep).forEach(one -> one.giveUp(Uncounted.goesOnElsewhere(sweep)));
            noted.add(ledger.unheard(sweep));
        }
        return Future.join(noted).mapEmpty();
    }

    /** Waits for the sweep, and for those that it joins. */
    Future<Report> await(Entered entered) {
        Stamp sweep = entered.sweep().sweep();
        Promise<Report> end = Promise.promise();
        List<Promise<Report>> joined = entered.joined().stream()
                .map(other -> Promise.<Report>promise())
                .toList();
        Waiter waiter = new Waiter(
                entered, end.future(), joined.stream().map(Promise::future).toList());
        add(sweep, new Awaited(end, waiter));
        for (int i = 0; i < joined.size(); i++) {
            add(entered.joined().get(i), new Awaited(joined.get(i), waiter));
        }
        long patience =
                vertx.setTimer(tools.limits().patience().toMillis(), timer -> waiter.giveUp(stillOpen(entered)));
        return waiter.answer()
                .onComplete(answered -> vertx.cancelTimer(patience))
                .compose(told -> hear(entered.sweep(), told));
    }

    /**
     * What is joined, or was ended by another instance, stays untold until here, whatever becomes of this instance. It is noted before it is told: so nobody
     * is told it again, and if that can't be noted it is left to the next one.
     */
    private Future<Report> hear(SweepStatus sweep, Waiter.Told told) {
        return told.untold().isEmpty()
                ? Future.succeededFuture(told.all())
                : ledger.heard(sweep.target(), told.untold())
                        .map(told.all())
                        .recover(failure -> told.isOwnToBeTold()
                                ? Future.succeededFuture(told.own())
                                : Future.failedFuture(Uncounted.yet(sweep.sweep(), "not ended")));
    }

    /** A sweep that ran here is over. */
    void tell(RunningSweep one, AsyncResult<Report> ended) {
        if (one.isKeptUntold()) {
            isKeptUntold(one.stamp());
        }
        tell(one.stamp(), ended);
    }

    private void isKeptUntold(Stamp sweep) {
        waiters(sweep).forEach(waiter -> waiter.isKeptUntold(sweep));
    }

    private void tell(Stamp sweep, AsyncResult<Report> ended) {
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
        first.add(entered.sweep().sweep());
        List<Stamp> unheard = first.stream().filter(ends::containsKey).toList();
        unheard.forEach(this::noteUnheard);
        Stamp open = unheard.isEmpty() ? entered.sweep().sweep() : unheard.get(0);
        String waited = tools.limits().patience().toMillis() + " ms";
        Optional<RunningSweep> running = here.apply(open);
        return running.map(one -> Uncounted.yet(open, "still running after " + waited)
                        .after(one.sweep().tally()))
                .orElseGet(() -> Uncounted.yet(open, "not ended after " + waited));
    }

    /** Wherever it runs. */
    private void noteUnheard(Stamp sweep) {
        here.apply(sweep).ifPresent(RunningSweep::isNotHeard);
        ledger.unheard(sweep).onFailure(Sweeps::tellFault);
    }

    private void add(Stamp sweep, Awaited one) {
        ends.computeIfAbsent(sweep, unknown -> new ArrayList<>()).add(one);
    }

    private List<Waiter> waiters(Stamp sweep) {
        return Optional.ofNullable(ends.get(sweep)).orElseGet(List::of).stream()
                .map(Awaited::waiter)
                .toList();
    }

    private void look() {
        List.copyOf(ends.keySet()).stream().limit(LOOKED_AFTER).forEach(this::look);
    }

    /** The next look begins with others. */
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
            ledger.find(sweep).onSuccess(found -> elsewhere(sweep, found)).onFailure(Sweeps::tellFault);
        }
    }

    private void giveUpIfStill(RunningSweep one) {
        if (one.sweep().standsStill(tools.limits().standstill())) {
            noteUnheard(one.stamp());
            Problem still = Uncounted.yet(one.stamp(), "stands still, because the store does not answer")
                    .after(one.sweep().tally());
            waiters(one.stamp()).forEach(waiter -> waiter.giveUp(still));
        }
    }

    /** It may have ended here meanwhile. */
    private void elsewhere(Stamp sweep, Optional<SweepStatus> found) {
        if (here.apply(sweep).isPresent() || !ends.containsKey(sweep)) {
            return;
        }
        if (found.isEmpty()) {
            tell(sweep, Future.failedFuture(SweepEnds.lost(sweep)));
            return;
        }
        SweepStatus status = found.get();
        switch (status.state()) {
            case RUNNING, WAITING, STOPPING -> {}
            case ENDED -> {
                isKeptUntold(sweep);
                tell(sweep, Future.succeededFuture(SweepEnds.counted(status)));
            }
            case STOPPED ->
                tell(
                        sweep,
                        Future.failedFuture(
                                Uncounted.stopped(sweep).after(status.progress().tally())));
            case FAILED ->
                tell(
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
