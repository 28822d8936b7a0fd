package io.revoker.revocation;

import io.revoker.bus.SweepStopped;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.SweepLedger;
import io.revoker.domain.SweepStatus;
import io.revoker.domain.SweepStatus.State;
import io.revoker.domain.Target;
import io.revoker.revocation.RunningSweep.Kept;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sweeps of one event loop, a bounded number at once, and takes over those that others have left.
 *
 * <p>A sweep goes on whoever waits for it. Of one that is over before its first sign of life is due, nothing is kept: its answer has told everything.
 */
final class Sweeps {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

    private final SweepTools tools;
    private final SweepLedger ledger;
    private final Context context;
    private final InstantSource time;
    private final SweepEnds ends;
    private final Map<Stamp, RunningSweep> running = new LinkedHashMap<>();
    private int beginning;
    private boolean stopped;
    private long tending;

    Sweeps(SweepTools tools, SweepLedger ledger, InstantSource time) {
        this.tools = tools;
        this.ledger = ledger;
        this.context = tools.context();
        this.time = time;
        this.ends = new SweepEnds(tools, ledger, time);
    }

    /** Gives signs of life from now on, and looks for sweeps that nobody runs. */
    void start() {
        tending = context.owner().setPeriodic(tools.limits().tending().toMillis(), tick -> tend());
        claim();
    }

    /** Leaves the sweeps to others. */
    Future<Void> stop() {
        stopped = true;
        context.owner().cancelTimer(tending);
        List<Sweep> left = running.values().stream().map(RunningSweep::sweep).toList();
        running.clear();
        left.forEach(sweep -> sweep.stop(goesOnElsewhere(sweep)));
        return Future.join(left.stream()
                        .map(sweep -> ledger.release(sweep.stamp()))
                        .toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /**
     * Invalidates every token that the target covers and that was born before the stamp, and waits for it, within the bound of patience.
     *
     * @param mark writes the revocation down and gives its stamp; not called if too many sweeps are running
     */
    Future<Report> sweep(Target target, Supplier<Future<Stamp>> mark) {
        return begin(mark).compose(stamp -> await(new RunningSweep(sweep(target, stamp), Kept.UNLESS_SHORT)));
    }

    /** The same, but waits for the mark only. */
    Future<Report> beginSweep(Target target, Supplier<Future<Stamp>> mark) {
        return begin(mark).map(stamp -> {
            run(new RunningSweep(sweep(target, stamp), Kept.ALWAYS)).onFailure(failure -> logFailure(stamp, failure));
            return Report.begun(stamp);
        });
    }

    /** If it runs here, it begins nothing more. */
    void stopped(SweepStopped told) {
        Optional.ofNullable(running.get(told.sweep())).ifPresent(Sweeps::stop);
    }

    private Sweep sweep(Target target, Stamp stamp) {
        return new Sweep(tools, target, stamp);
    }

    private Future<Stamp> begin(Supplier<Future<Stamp>> mark) {
        int most = tools.limits().running();
        if (busy() >= most) {
            return Future.failedFuture(
                    Problem.overloaded("sweeps: " + busy() + " running (expected: fewer than " + most + ")"));
        }
        beginning++;
        return mark.get().onComplete(marked -> beginning--);
    }

    private int busy() {
        return running.size() + beginning;
    }

    private Future<Report> await(RunningSweep one) {
        Promise<Report> answer = Promise.promise();
        long patience = context.owner().setTimer(tools.limits().patience().toMillis(), timer -> {
            one.keep();
            answer.tryFail(stillRunning(one.sweep()));
        });
        run(one).onComplete(ended -> context.owner().cancelTimer(patience))
                .onComplete(answer::tryComplete, answer::tryFail);
        return answer.future();
    }

    private Problem stillRunning(Sweep sweep) {
        return Problem.uncounted("sweep " + sweep.stamp() + ": still running after "
                        + tools.limits().patience().toMillis() + " ms (expected: patience; see /v1/sweeps/"
                        + sweep.stamp()
                        + ")")
                .after(sweep.progress().tally());
    }

    private Future<Report> run(RunningSweep one) {
        if (stopped) {
            return ledger.release(one.stamp()).transform(released -> Future.failedFuture(goesOnElsewhere(one.sweep())));
        }
        running.put(one.stamp(), one);
        return tools.meters()
                .run(one.sweep().run())
                .transform(ended -> running.remove(one.stamp(), one) ? ends.write(one, ended) : SweepEnds.told(ended));
    }

    private static Problem goesOnElsewhere(Sweep sweep) {
        return Problem.uncounted("sweep " + sweep.stamp() + ": goes on elsewhere");
    }

    private void tend() {
        List.copyOf(running.values()).forEach(this::renew);
        claim();
    }

    /** One that was ended or stopped elsewhere begins nothing more. */
    private void renew(RunningSweep one) {
        one.keep();
        ledger.renew(one.status(State.RUNNING, time.instant()))
                .onSuccess(isRunning -> {
                    if (!isRunning) {
                        stop(one);
                    }
                })
                .onFailure(Sweeps::tellFault);
    }

    private static void stop(RunningSweep one) {
        one.sweep().stop(Problem.uncounted("sweep " + one.stamp() + ": stopped (expected: an end); the mark stands"));
    }

    private void claim() {
        if (stopped || busy() >= tools.limits().running()) {
            return;
        }
        ledger.claim()
                .onSuccess(found -> found.filter(sweep -> !running.containsKey(sweep.sweep()))
                        .ifPresent(this::resume))
                .onFailure(Sweeps::tellFault);
    }

    private void resume(SweepStatus left) {
        LOG.atInfo().addKeyValue("sweep", left.sweep().micros()).log("sweep resumed");
        run(new RunningSweep(sweep(left.target(), left.sweep()).from(left.progress()), Kept.ALWAYS))
                .onFailure(failure -> logFailure(left.sweep(), failure));
        claim();
    }

    /** That Redis is away is told by the connections to it. */
    private static void tellFault(Throwable failure) {
        if (!(failure instanceof Problem)) {
            LOG.error("sweeps not tended", failure);
        }
    }

    private static void logFailure(Stamp sweep, Throwable failure) {
        LOG.atInfo()
                .addKeyValue("sweep", sweep.micros())
                .addKeyValue("failure", failure.getMessage())
                .log("sweep failed");
    }
}
