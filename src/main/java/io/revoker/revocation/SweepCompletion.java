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
 * Writes the end of a sweep to the ledger, and works out the answer for the callers that wait for it.
 *
 * <p>The ledger knows whether a sweep was running until now. If it was not, there are three cases: another instance
 * took it over and ended it; a caller stopped it; or a fail-over lost it with its mark, before any caller was
 * answered.
 */
final class SweepCompletion {
    private static final Logger LOG = LoggerFactory.getLogger(SweepCompletion.class);

    private final SweepContext sweepContext;
    private final SweepMeters meters;
    private final SweepLedger ledger;
    private final InstantSource time;
    private final LongConsumer left;

    /** @param left called with the number of sweeps that no instance runs, if there are any */
    SweepCompletion(SweepContext sweepContext, SweepLedger ledger, LongConsumer left) {
        this.sweepContext = sweepContext;
        this.meters = sweepContext.meters();
        this.ledger = ledger;
        this.time = sweepContext.time();
        this.left = left;
    }

    /**
     * An end that can't be written is no loss: the instance that claims the sweep next sweeps again, and gets the same
     * counts. If it was written and only the answer was lost, the metrics lack it: they count at most once.
     */
    Future<Report> write(RunningSweep one, AsyncResult<Report> ended) {
        return end(one, ended).transform(written -> {
            if (written.failed()) {
                one.keepForNextCaller();
                LOG.atWarn()
                        .addKeyValue("sweep", one.stamp().micros())
                        .addKeyValue("failure", written.cause().getMessage())
                        .log("sweep end not written");
                return resultOf(ended);
            }
            if (written.result().left() > 0) {
                left.accept(written.result().left());
            }
            if (!written.result().wasOpen()) {
                one.keepForNextCaller();
                return ledger.find(one.stamp()).compose(known -> endedBefore(one, known, ended));
            }
            meters.ended(one.sweep().counts().progress());
            if (ended.succeeded()) {
                logEnd(ended.result());
            } else {
                logFailure(one, ended.cause());
            }
            forgetTotals(one.sweep());
            return resultOf(ended);
        });
    }

    /** The sweep's own result. */
    static Future<Report> resultOf(AsyncResult<Report> ended) {
        return ended.succeeded() ? Future.succeededFuture(ended.result()) : Future.failedFuture(ended.cause());
    }

    private Future<End> end(RunningSweep one, AsyncResult<Report> ended) {
        State state = ended.succeeded() ? State.ENDED : State.FAILED;
        return ledger.end(one.status(state, time.instant()), one.delivery());
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
        sweepContext
                .storeFor(sweep.target())
                .forget(sweep.counts().parts(), sweep.stamp())
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
        if (state.filter(it -> it == State.STOPPING || it == State.STOPPED).isPresent()) {
            forgetTotals(one.sweep());
            return amend(one).transform(amended -> notTheEnd(one, known, ended));
        }
        return notTheEnd(one, known, ended);
    }

    /** The instance that ended it has counted all of it. */
    static Report counted(SweepStatus status) {
        return Report.of(
                status.sweep(), status.progress().tally(), status.progress().errors(), List.of());
    }

    /** The answer to the caller that stopped it was too low if batches were in flight here. */
    private Future<?> amend(RunningSweep one) {
        SweepStatus correct = one.status(State.STOPPED, time.instant());
        LOG.atInfo()
                .addKeyValue("sweep", one.stamp().micros())
                .addKeyValue("invalidated", correct.progress().tally().invalidated())
                .log("sweep stopped");
        return ledger.amend(correct)
                .onSuccess(kept -> kept.ifPresent(before -> meters.corrected(before.progress(), correct.progress())))
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("sweep", one.stamp().micros())
                        .addKeyValue("failure", failure.getMessage())
                        .log("sweep stop not written"));
    }

    private static Future<Report> notTheEnd(RunningSweep one, Optional<SweepStatus> known, AsyncResult<Report> ended) {
        return ended.failed() ? resultOf(ended) : Future.failedFuture(notTheEnd(one, known));
    }

    private static Problem notTheEnd(RunningSweep one, Optional<SweepStatus> known) {
        Problem problem = known.isPresent() ? Uncounted.stopped(one.stamp()) : lost(one.stamp());
        return problem.after(one.sweep().counts().tally());
    }

    /** A fail-over has lost the sweep together with its mark. */
    static Problem lost(Stamp sweep) {
        return Problem.unavailable("sweep " + sweep + ": lost by a fail-over (expected: a repetition)");
    }
}
