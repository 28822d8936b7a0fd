package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.SweepLedger;
import io.revoker.domain.SweepStatus;
import io.revoker.domain.SweepStatus.State;
import io.revoker.domain.Target;
import io.revoker.domain.TokenStore;
import io.vertx.core.AsyncResult;
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

    private final TokenStore store;
    private final SweepLedger ledger;
    private final SweepLimits limits;
    private final Context context;
    private final InstantSource time;
    private final Map<Stamp, Running> running = new LinkedHashMap<>();
    private int beginning;
    private boolean stopped;
    private long tending;

    Sweeps(TokenStore store, SweepLedger ledger, SweepLimits limits, Context context, InstantSource time) {
        this.store = store;
        this.ledger = ledger;
        this.limits = limits;
        this.context = context;
        this.time = time;
    }

    /** Gives signs of life from now on, and looks for sweeps that nobody runs. */
    void start() {
        tending = context.owner().setPeriodic(limits.tending().toMillis(), tick -> tend());
        claim();
    }

    /** Leaves the sweeps to others. */
    Future<Void> stop() {
        stopped = true;
        context.owner().cancelTimer(tending);
        List<Sweep> left = running.values().stream().map(Running::sweep).toList();
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
        return begin(mark).compose(stamp -> await(new Running(sweep(target, stamp), Kept.UNLESS_SHORT)));
    }

    /** The same, but waits for the mark only. */
    Future<Report> beginSweep(Target target, Supplier<Future<Stamp>> mark) {
        return begin(mark).map(stamp -> {
            run(new Running(sweep(target, stamp), Kept.ALWAYS))
                    .onFailure(failure -> LOG.info("sweep={} failure={}", stamp, failure.getMessage()));
            return Report.begun(stamp);
        });
    }

    private Sweep sweep(Target target, Stamp stamp) {
        return new Sweep(store, limits, context, target, stamp);
    }

    private Future<Stamp> begin(Supplier<Future<Stamp>> mark) {
        if (busy() >= limits.running()) {
            return Future.failedFuture(Problem.overloaded(
                    "sweeps: " + busy() + " running (expected: fewer than " + limits.running() + ")"));
        }
        beginning++;
        return mark.get().onComplete(marked -> beginning--);
    }

    private int busy() {
        return running.size() + beginning;
    }

    private Future<Report> await(Running one) {
        Promise<Report> answer = Promise.promise();
        long patience = context.owner().setTimer(limits.patience().toMillis(), timer -> {
            one.keep();
            answer.tryFail(stillRunning(one.sweep()));
        });
        run(one).onComplete(ended -> context.owner().cancelTimer(patience))
                .onComplete(answer::tryComplete, answer::tryFail);
        return answer.future();
    }

    private Problem stillRunning(Sweep sweep) {
        return Problem.unavailable("sweep " + sweep.stamp() + ": still running after "
                        + limits.patience().toMillis() + " ms (expected: patience; see /v1/sweeps/" + sweep.stamp()
                        + ")")
                .after(sweep.progress().tally());
    }

    private Future<Report> run(Running one) {
        if (stopped) {
            return ledger.release(one.sweep().stamp())
                    .transform(released -> Future.failedFuture(goesOnElsewhere(one.sweep())));
        }
        running.put(one.sweep().stamp(), one);
        return one.sweep().run().transform(ended -> {
            if (!running.remove(one.sweep().stamp(), one)) {
                return answer(ended);
            }
            return ended.succeeded()
                    ? writeEnd(one, ended.result())
                    : ledger.end(status(one.sweep(), State.FAILED)).transform(written -> answer(ended));
        });
    }

    private static Future<Report> answer(AsyncResult<Report> ended) {
        return ended.succeeded() ? Future.succeededFuture(ended.result()) : Future.failedFuture(ended.cause());
    }

    /** What can't be written is found by whoever claims the sweep next: it sweeps again, and counts the same. */
    private Future<Report> writeEnd(Running one, Report report) {
        Sweep sweep = one.sweep();
        Future<Boolean> written = one.isKept() ? ledger.end(status(sweep, State.ENDED)) : ledger.forget(sweep.stamp());
        return written.transform(wasRunning -> {
            if (wasRunning.failed()) {
                LOG.warn(
                        "sweep={} end written=false failure={}",
                        sweep.stamp(),
                        wasRunning.cause().getMessage());
                return Future.succeededFuture(report);
            }
            if (wasRunning.result()) {
                LOG.info("sweep={} ended tally={} errors={}", sweep.stamp(), report.tally(), report.errorCount());
                forgetTotals(sweep);
                return Future.succeededFuture(report);
            }
            return ledger.find(sweep.stamp()).compose(known -> endedBefore(sweep, known));
        });
    }

    /**
     * Another instance that took it over has ended it, and has counted all of it. Or nobody knows it: it was lost with its mark, by a server that took over
     * from one that had told nobody yet.
     */
    private static Future<Report> endedBefore(Sweep sweep, Optional<SweepStatus> known) {
        return known.filter(status -> status.state() == State.ENDED)
                .map(status -> Future.succeededFuture(Report.of(
                        sweep.stamp(),
                        status.progress().tally(),
                        status.progress().errors(),
                        List.of())))
                .orElseGet(() -> Future.failedFuture(Problem.unavailable(
                                "sweep " + sweep.stamp() + (known.isPresent() ? ": stopped" : ": lost by a fail-over")
                                        + " (expected: a repetition)")
                        .after(sweep.progress().tally())));
    }

    private static Problem goesOnElsewhere(Sweep sweep) {
        return Problem.unavailable("sweep " + sweep.stamp() + ": goes on elsewhere");
    }

    private void forgetTotals(Sweep sweep) {
        store.forget(sweep.parts(), sweep.stamp())
                .onFailure(
                        failure -> LOG.debug("sweep={} totals kept failure={}", sweep.stamp(), failure.getMessage()));
    }

    private void tend() {
        List.copyOf(running.values()).forEach(this::renew);
        claim();
    }

    private void renew(Running one) {
        one.keep();
        ledger.renew(status(one.sweep(), State.RUNNING)).onSuccess(isRunning -> {
            if (!isRunning && running.remove(one.sweep().stamp(), one)) {
                stop(one.sweep());
            }
        });
    }

    /** Whoever stopped it, or took it over and ended it, has told less than was done if some of it was under way here. */
    private void stop(Sweep sweep) {
        sweep.stop(Problem.unavailable("sweep " + sweep.stamp() + ": stopped (expected: an end); the mark stands"));
        sweep.ended()
                .compose(drained -> ledger.find(sweep.stamp()))
                .compose(known -> known.filter(status -> status.state() == State.STOPPED)
                        .map(status -> ledger.amend(status(sweep, State.STOPPED)))
                        .orElseGet(Future::succeededFuture))
                .onFailure(failure ->
                        LOG.warn("sweep={} stop written=false failure={}", sweep.stamp(), failure.getMessage()));
    }

    private void claim() {
        if (busy() >= limits.running()) {
            return;
        }
        ledger.claim()
                .onSuccess(found -> found.filter(sweep -> !running.containsKey(sweep.sweep()))
                        .ifPresent(this::resume));
    }

    private void resume(SweepStatus left) {
        LOG.info("sweep={} resumed=true", left.sweep());
        run(new Running(sweep(left.target(), left.sweep()).from(left.progress()), Kept.ALWAYS))
                .onFailure(failure -> LOG.info("sweep={} failure={}", left.sweep(), failure.getMessage()));
        claim();
    }

    private SweepStatus status(Sweep sweep, State state) {
        return SweepStatus.begun(sweep.stamp(), sweep.target()).at(state, sweep.progress(), time.instant());
    }

    /** Whether the ledger keeps a sweep after its end. */
    private enum Kept {
        ALWAYS,
        UNLESS_SHORT
    }

    /** A sweep that runs here. */
    private static final class Running {
        private final Sweep sweep;
        private Kept kept;

        Running(Sweep sweep, Kept kept) {
            this.sweep = sweep;
            this.kept = kept;
        }

        Sweep sweep() {
            return sweep;
        }

        void keep() {
            kept = Kept.ALWAYS;
        }

        boolean isKept() {
            return kept == Kept.ALWAYS;
        }
    }
}
