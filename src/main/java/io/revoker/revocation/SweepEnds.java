package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepLedger.End;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how sweeps end, and says what whoever waits for one is told.
 *
 * <p>The ledger knows whether a sweep was running until now. If it was not, another instance has taken it over and ended it, somebody has stopped it, or a
 * server that took over from one that had told nobody yet has lost it with its mark.
 */
final class SweepEnds {
    private static final Logger LOG = LoggerFactory.getLogger(SweepEnds.class);

    private final SweepTools tools;
    private final SweepMeters meters;
    private final SweepLedger ledger;
    private final InstantSource time;
    private final LongConsumer left;

    /** @param left told how many sweeps nobody is at, if there are any */
    SweepEnds(SweepTools tools, SweepLedger ledger, LongConsumer left) {
        this.tools = tools;
        this.meters = tools.meters();
        this.ledger = ledger;
        this.time = tools.time();
        this.left = left;
    }

    /**
     * What can't be written is found by whoever claims the sweep next: it sweeps again, and counts the same. If it was written and only the answer was
     * lost, the metrics lack it: they count at most once.
     */
    Future<Report> write(RunningSweep one, AsyncResult<Report> ended) {
        return end(one, ended).transform(written -> {
            if (written.failed()) {
                one.isNotHeard();
                LOG.atWarn()
                        .addKeyValue("sweep", one.stamp().micros())
                        .addKeyValue("failure", written.cause().getMessage())
                        .log("sweep end not written");
                return told(ended);
            }
            if (written.result().left() > 0) {
                left.accept(written.result().left());
            }
            if (!written.result().wasOpen()) {
                one.isNotHeard();
                return ledger.find(one.stamp()).compose(known -> endedBefore(one, known, ended));
            }
            meters.ended(one.sweep().progress());
            if (ended.succeeded()) {
                logEnd(ended.result());
            } else {
                logFailure(one, ended.cause());
            }
            forgetTotals(one.sweep());
            return told(ended);
        });
    }

    /** What the sweep itself came to. */
    static Future<Report> told(AsyncResult<Report> ended) {
        return ended.succeeded() ? Future.succeededFuture(ended.result()) : Future.failedFuture(ended.cause());
    }

    private Future<End> end(RunningSweep one, AsyncResult<Report> ended) {
        State state = ended.succeeded() ? State.ENDED : State.FAILED;
        return ledger.end(one.status(state, time.instant()), one.hearing());
    }

    private static void logEnd(Report report) {
        LOG.atInfo()
                .addKeyValue("sweep", report.stamp().micros())
                .addKeyValue("invalidated", report.tally().invalidated())
                .addKeyValue("previously_invalidated", report.tally().previouslyInvalidated())
                .addKeyValue("errors", report.errorCount())
                .log("sweep ended");
    }

    private static void logFailure(RunningSweep one, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("sweep", one.stamp().micros())
                .addKeyValue("failure", failure.getMessage())
                .log("sweep failed");
    }

    private void forgetTotals(Sweep sweep) {
        tools.storeFor(sweep.target())
                .forget(sweep.parts(), sweep.stamp())
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("sweep", sweep.stamp().micros())
                        .addKeyValue("failure", failure.getMessage())
                        .log("sweep totals kept"));
    }

    private Future<Report> endedBefore(RunningSweep one, Optional<SweepStatus> known, AsyncResult<Report> ended) {
        Optional<State> state = known.map(SweepStatus::state);
        if (state.filter(State.ENDED::equals).isPresent()) {
            return Future.succeededFuture(counted(known.orElseThrow()));
        }
        if (state.filter(State.STOPPED::equals).isPresent()) {
            forgetTotals(one.sweep());
            return amend(one).transform(amended -> notTheEnd(one, known, ended));
        }
        return notTheEnd(one, known, ended);
    }

    /** The one that ended it has counted all of it. */
    static Report counted(SweepStatus status) {
        return Report.of(
                status.sweep(), status.progress().tally(), status.progress().errors(), List.of());
    }

    /** Whoever stopped it has told less than was done if some of it was under way here. */
    private Future<?> amend(RunningSweep one) {
        SweepStatus correct = one.status(State.STOPPED, time.instant());
        LOG.atInfo()
                .addKeyValue("sweep", one.stamp().micros())
                .addKeyValue("invalidated", correct.progress().tally().invalidated())
                .log("sweep stopped");
        return ledger.amend(correct)
                .onSuccess(kept -> kept.ifPresent(told -> meters.corrected(told.progress(), correct.progress())))
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("sweep", one.stamp().micros())
                        .addKeyValue("failure", failure.getMessage())
                        .log("sweep stop not written"));
    }

    private static Future<Report> notTheEnd(RunningSweep one, Optional<SweepStatus> known, AsyncResult<Report> ended) {
        return ended.failed() ? told(ended) : Future.failedFuture(notTheEnd(one, known));
    }

    private static Problem notTheEnd(RunningSweep one, Optional<SweepStatus> known) {
        Problem problem = known.isPresent() ? Uncounted.stopped(one.stamp()) : lost(one.stamp());
        return problem.after(one.sweep().tally());
    }

    /** The mark went with it. */
    static Problem lost(Stamp sweep) {
        return Problem.unavailable("sweep " + sweep + ": lost by a fail-over (expected: a repetition)");
    }
}
