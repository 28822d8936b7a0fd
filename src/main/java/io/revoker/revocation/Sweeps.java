package io.revoker.revocation;

import io.revoker.bus.sweeps.SweepStopped;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepLedger.Delivery;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.revocation.SweepContext.FirstPage;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sweeps of one event loop, a bounded number at once, and claims sweeps from the ledger that no instance runs:
 * another instance has left them, or none had room for them when they were entered.
 *
 * <p>A mark is written at once, however many sweeps run here. A sweep goes on although its caller has stopped waiting.
 * If the store does not answer a sweep, it gives its place to another one that needs it, and is claimed again after its
 * lease.
 */
final class Sweeps {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

    private final SweepContext sweepContext;
    private final LogWriter log;
    private final SweepLedger ledger;
    private final Context context;
    private final InstantSource time;
    private final SweepCompletion completion;
    private final SweepAnswers answers;
    private final LocalSweeps here;
    private final SweepPlaces places;
    private boolean stopped;
    private long tending;

    /** @param here receives every sweep that runs, for requests on any event loop that stop one */
    Sweeps(SweepContext sweepContext, LogWriter log, SweepLedger ledger, LocalSweeps here) {
        this.here = here;
        this.sweepContext = sweepContext;
        this.log = log;
        this.ledger = ledger;
        this.context = sweepContext.context();
        this.time = sweepContext.time();
        this.places = new SweepPlaces(() -> sweepContext.limits().running());
        this.completion = new SweepCompletion(sweepContext, ledger, left -> claim());
        this.answers = new SweepAnswers(sweepContext, ledger, places::find);
    }

    /** Renews leases from now on, and claims sweeps that no instance runs. */
    void start() {
        tending = context.owner().setPeriodic(sweepContext.limits().tending().toMillis(), tick -> tend());
        claim();
    }

    /** Releases the sweeps, for other instances to claim. */
    Future<Void> stop() {
        stopped = true;
        context.owner().cancelTimer(tending);
        List<RunningSweep> left = places.leaveAll();
        left.forEach(one -> one.stop(Uncounted.interrupted(one.stamp())));
        List<Future<Void>> noted = new ArrayList<>();
        noted.add(answers.stop());
        left.forEach(one -> noted.add(ledger.release(one.stamp())));
        return Future.join(noted).<Void>mapEmpty().otherwiseEmpty();
    }

    /**
     * Writes the mark, invalidates every token that the target covers and that was born before it, and waits for the
     * end, but no longer than {@link SweepSettings#patience}.
     */
    Future<Report> sweep(Target target, Order order) {
        return begin(target, order, Delivery.CALLER).compose(answers::await);
    }

    /** The same, but waits for the mark only. */
    Future<Report> beginSweep(Target target, Order order) {
        return begin(target, order, Delivery.ANYONE).map(entered -> Report.begun(entered.stamp()));
    }

    /** The parts of the store that were written to for a report; empty if that is not known here. */
    Optional<Set<String>> writtenFor(Report report) {
        return places.writtenFor(report);
    }

    /** If the sweep runs here, it starts no more batches. */
    void stopped(SweepStopped event) {
        places.find(event.sweep()).ifPresent(one -> one.stop(Uncounted.stopped(one.stamp())));
    }

    private Future<Entered> begin(Target target, Order order, Delivery delivery) {
        Start start = places.hasRoom() ? Start.AT_ONCE : Start.LATER;
        if (start == Start.LATER) {
            places.idle().findFirst().ifPresent(RunningSweep::postpone);
        }
        Future<Entered> entering = places.hold(() -> log.enter(target, order.starting(start)));
        Optional<FirstPage> page = start == Start.AT_ONCE ? sweepContext.pageAfter(entering, target) : Optional.empty();
        return entering.onSuccess(entered -> begun(
                new RunningSweep(new Sweep(sweepContext, entered.sweep()).with(page), entered.sweep(), delivery)));
    }

    /**
     * A place may have become free while the sweep was entered. If it waits for another sweep of the same target, its
     * first page is dropped, and it reads again when its turn comes.
     */
    private void begun(RunningSweep one) {
        if (one.begun().state() != State.RUNNING) {
            claim();
        } else if (stopped) {
            release(one.begun());
        } else {
            run(one);
        }
    }

    private void release(SweepStatus sweep) {
        ledger.release(sweep.sweep()).onFailure(Sweeps::logFailure);
    }

    private void run(RunningSweep one) {
        places.run(one);
        here.runs(one.stamp(), sweepContext.meters().run(one.sweep().run()).transform(ended -> over(one, ended)));
    }

    /** Completes when the end is written. A sweep that was released has no end here. */
    private Future<?> over(RunningSweep one, AsyncResult<Report> ended) {
        if (!places.leave(one)) {
            return Future.succeededFuture();
        }
        if (one.isPostponed() && ended.failed()) {
            ledger.renew(one.status(State.RUNNING, time.instant())).onFailure(Sweeps::logFailure);
            claim();
            return Future.succeededFuture();
        }
        places.ending(one);
        return completion.write(one, ended).onComplete(written -> {
            places.ended(one);
            answers.completeWaiters(one, written);
        });
    }

    private void tend() {
        if (!places.hasRoom()) {
            places.idle().forEach(RunningSweep::postpone);
        }
        places.running().forEach(this::renew);
        claim();
    }

    /** Stops a sweep that another instance has ended or stopped. */
    private void renew(RunningSweep one) {
        one.markVisible();
        ledger.renew(one.status(State.RUNNING, time.instant()))
                .onSuccess(isRunning -> {
                    if (!isRunning) {
                        one.stop(Uncounted.stopped(one.stamp()));
                    }
                })
                .onFailure(Sweeps::logFailure);
    }

    /** Claims one sweep after the other, as long as there is room. */
    private void claim() {
        if (stopped || !places.hasRoom()) {
            return;
        }
        places.hold(ledger::claim)
                .onSuccess(found ->
                        found.filter(sweep -> !places.runs(sweep.sweep())).ifPresent(this::resume))
                .onFailure(Sweeps::logFailure);
    }

    /** Its counts are for the next caller: the one that waited for them may have been on an instance that died. */
    private void resume(SweepStatus left) {
        SweepStatus begun = left.at(State.RUNNING, left.progress(), left.updated());
        Sweep sweep = new Sweep(sweepContext, begun);
        if (left.state() == State.RUNNING) {
            LOG.atInfo().addKeyValue("sweep", left.sweep().micros()).log("sweep resumed");
            sweep = sweep.from(left.progress());
        }
        if (stopped) {
            release(begun);
        } else {
            run(new RunningSweep(sweep, begun, Delivery.NEXT_CALLER));
        }
        claim();
    }

    /** Problems are not logged: the connections to Redis report that it is unavailable. */
    static void logFailure(Throwable failure) {
        if (!(failure instanceof Problem)) {
            LOG.error("sweeps not claimed or renewed", failure);
        }
    }
}
