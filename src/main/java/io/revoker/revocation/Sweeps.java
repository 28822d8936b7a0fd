package io.revoker.revocation;

import io.revoker.bus.SweepStopped;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepLedger.Hearing;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.revocation.SweepTools.FirstPage;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sweeps of one event loop, a bounded number at once, and takes those from the ledger that nobody runs: others have left them, or nobody had room
 * for them when they were entered.
 *
 * <p>A mark waits for no sweep: it is written whatever runs here. A sweep goes on whoever waits for it. One that the store does not answer leaves its place
 * if another needs it, and is tried again when its lease is over.
 */
final class Sweeps {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

    /** After that long without an answer of the store a sweep leaves its place to others. */
    private static final Duration PATIENCE_OF_OTHERS = Duration.ofSeconds(1);

    private final SweepTools tools;
    private final LogWriter log;
    private final SweepLedger ledger;
    private final Context context;
    private final InstantSource time;
    private final SweepEnds ends;
    private final Answers answers;
    private final SweepsHere here;
    private final WrittenParts written = new WrittenParts();
    private final Map<Stamp, RunningSweep> running = new LinkedHashMap<>();
    /** Those that are over and whose end is being written: nobody else knows yet what they came to. */
    private final Map<Stamp, RunningSweep> ending = new HashMap<>();

    private int beginning;
    private boolean stopped;
    private long tending;

    /** @param here which of them run, for whoever stops one */
    Sweeps(SweepTools tools, LogWriter log, SweepLedger ledger, SweepsHere here) {
        this.here = here;
        this.tools = tools;
        this.log = log;
        this.ledger = ledger;
        this.context = tools.context();
        this.time = tools.time();
        this.ends = new SweepEnds(tools, ledger, left -> claim());
        this.answers = new Answers(tools, ledger, this::find);
    }

    /** Gives signs of life from now on, and looks for sweeps that nobody runs. */
    void start() {
        tending = context.owner().setPeriodic(tools.limits().tending().toMillis(), tick -> tend());
        answers.start();
        claim();
    }

    /** Leaves the sweeps to others. */
    Future<Void> stop() {
        stopped = true;
        context.owner().cancelTimer(tending);
        List<RunningSweep> left = List.copyOf(running.values());
        running.clear();
        left.forEach(one -> one.stop(Uncounted.goesOnElsewhere(one.stamp())));
        List<Future<Void>> told = new ArrayList<>();
        told.add(answers.stop());
        left.forEach(one -> told.add(ledger.release(one.stamp())));
        return Future.join(told).<Void>mapEmpty().otherwiseEmpty();
    }

    /** Writes the mark, invalidates every token that the target covers and that was born before it, and waits for that, within the bound of patience. */
    Future<Report> sweep(Target target, String caller) {
        return begin(target, caller, Hearing.CALLER).compose(answers::await);
    }

    /** The same, but waits for the mark only. */
    Future<Report> beginSweep(Target target, String caller) {
        return begin(target, caller, Hearing.ANYONE)
                .map(entered -> Report.begun(entered.sweep().sweep()));
    }

    /** The parts of the store that were written to for a report; empty if that is not known here. */
    Optional<Set<String>> writtenFor(Report report) {
        return written.of(report);
    }

    /** If it runs here, it begins nothing more. */
    void stopped(SweepStopped told) {
        find(told.sweep()).ifPresent(one -> one.stop(Uncounted.stopped(one.stamp())));
    }

    private Optional<RunningSweep> find(Stamp sweep) {
        return Optional.ofNullable(running.get(sweep)).or(() -> Optional.ofNullable(ending.get(sweep)));
    }

    private Future<Entered> begin(Target target, String caller, Hearing hearing) {
        Start start = hasRoom() ? Start.AT_ONCE : Start.LATER;
        if (start == Start.LATER) {
            running.values().stream().filter(Sweeps::isIdle).findFirst().ifPresent(RunningSweep::postpone);
        }
        beginning++;
        Future<Entered> entering = log.enter(target, new Order(caller, start));
        Optional<FirstPage> page = start == Start.AT_ONCE ? tools.pageAfter(entering, target) : Optional.empty();
        return entering.onComplete(entered -> beginning--)
                .onSuccess(entered -> begun(
                        new RunningSweep(new Sweep(tools, entered.sweep()).with(page), entered.sweep(), hearing)));
    }

    /** A place may have become free while the sweep was entered. One that waits for a sweep of the same target reads when its turn comes: its first page is dropped. */
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
        ledger.release(sweep.sweep()).onFailure(Sweeps::tellFault);
    }

    private boolean hasRoom() {
        return running.size() + beginning < tools.limits().running();
    }

    private static boolean isIdle(RunningSweep one) {
        return !one.isPostponed() && one.sweep().standsStill(PATIENCE_OF_OTHERS);
    }

    private void run(RunningSweep one) {
        running.put(one.stamp(), one);
        here.runs(one.stamp(), tools.meters().run(one.sweep().run()).transform(ended -> over(one, ended)));
    }

    /** One that was left to others is over for nobody. */
    private Future<?> over(RunningSweep one, AsyncResult<Report> ended) {
        if (!running.remove(one.stamp(), one)) {
            return Future.succeededFuture();
        }
        if (one.isPostponed() && ended.failed()) {
            ledger.renew(one.status(State.RUNNING, time.instant())).onFailure(Sweeps::tellFault);
            claim();
            return Future.succeededFuture();
        }
        written.ended(one.sweep());
        ending.put(one.stamp(), one);
        return ends.write(one, ended).onComplete(told -> {
            ending.remove(one.stamp(), one);
            answers.tell(one, told);
        });
    }

    private void tend() {
        if (!hasRoom()) {
            running.values().stream().filter(Sweeps::isIdle).toList().forEach(RunningSweep::postpone);
        }
        List.copyOf(running.values()).forEach(this::renew);
        claim();
    }

    /** One that was ended or stopped elsewhere begins nothing more. */
    private void renew(RunningSweep one) {
        one.lasts();
        ledger.renew(one.status(State.RUNNING, time.instant()))
                .onSuccess(isRunning -> {
                    if (!isRunning) {
                        one.stop(Uncounted.stopped(one.stamp()));
                    }
                })
                .onFailure(Sweeps::tellFault);
    }

    /** Claims one after the other, as long as there is room. */
    private void claim() {
        if (stopped || !hasRoom()) {
            return;
        }
        beginning++;
        ledger.claim()
                .onComplete(claimed -> beginning--)
                .onSuccess(found -> found.filter(sweep -> !running.containsKey(sweep.sweep()))
                        .ifPresent(this::resume))
                .onFailure(Sweeps::tellFault);
    }

    /** Whoever waits for it may have died with the instance that wrote its mark. */
    private void resume(SweepStatus left) {
        SweepStatus begun = left.at(State.RUNNING, left.progress(), left.updated());
        Sweep sweep = new Sweep(tools, begun);
        if (left.state() == State.RUNNING) {
            LOG.atInfo().addKeyValue("sweep", left.sweep().micros()).log("sweep resumed");
            sweep = sweep.from(left.progress());
        }
        if (stopped) {
            release(begun);
        } else {
            run(new RunningSweep(sweep, begun, Hearing.NEXT_CALLER));
        }
        claim();
    }

    /** That Redis is away is told by the connections to it. */
    static void tellFault(Throwable failure) {
        if (!(failure instanceof Problem)) {
            LOG.error("sweeps not tended", failure);
        }
    }
}
