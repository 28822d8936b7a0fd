package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.revocation.SweepContext.FirstPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One sweep: reads page after page of holdings, and invalidates their tokens batch by batch.
 *
 * <p>A bounded number of batches is in flight, and meanwhile the next page is read. Every step is one turn of the event
 * loop, and one promise reports the end: a chain of futures over the pages would grow with them. The store counts a
 * token once, however often a batch is repeated. So a sweep that finds the store unavailable pauses and starts again,
 * and so does one whose store was replaced unnoticed: a replica that has become the primary may lack acknowledged
 * writes. If the tokens of one holder can't be counted, the sweep reports an error and continues with the others.
 */
final class Sweep {
    private final TokenStore store;
    private final SweepContext sweepContext;
    private final SweepThrottle throttle;
    private final SweepPages pages;
    private final SweepCounts counts = new SweepCounts();
    private final Target target;
    private final Pass pass;
    private final Promise<Report> end = Promise.promise();
    private final Context context;

    private boolean knowsTotals = true;
    private boolean reading;
    private boolean interrupted;
    private long incarnation;
    private Optional<Problem> stopped = Optional.empty();
    private int inFlight;

    /** Must be created by the code that asks for the sweep: a trace shows the sweep as part of that request. */
    Sweep(SweepContext sweepContext, SweepStatus begun) {
        this.store = sweepContext.storeFor(begun.target());
        this.sweepContext = sweepContext;
        Vertx vertx = sweepContext.context().owner();
        this.context = vertx.getOrCreateContext();
        this.throttle = new SweepThrottle(
                vertx, sweepContext.time(), () -> sweepContext.limits().perSecond(), this::step);
        this.target = begun.target();
        this.pages = new SweepPages(store, target);
        this.pass = new Pass(begun.sweep(), begun.started());
    }

    /**
     * Starts in the next turn, so that callers can register for the end first. Fails only if the store fails, or if the
     * sweep is stopped.
     */
    Future<Report> run() {
        incarnation = pages.incarnation();
        nextTurn();
        return end.future();
    }

    /**
     * Continues a sweep of another instance, from the counts in the ledger. The other instance may have counted more
     * since, so the totals of the store are read first.
     */
    Sweep from(Progress left) {
        counts.resume(left.tally());
        knowsTotals = false;
        return this;
    }

    /** Uses a page that was requested right after the entry in the log, unless the store was replaced since. */
    Sweep with(Optional<FirstPage> first) {
        pages.beginWith(first);
        return this;
    }

    Stamp stamp() {
        return pass.before();
    }

    Target target() {
        return target;
    }

    SweepCounts counts() {
        return counts;
    }

    /** Starts no more batches; those in flight still count. */
    void stop(Problem why) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(why);
            step();
        }
    }

    /** Whether the store has failed again and again for so long. */
    boolean standsStill(Duration time) {
        return throttle.hasFailedFor(time);
    }

    private void step() {
        if (end.future().isComplete()) {
            return;
        }
        if (stopped.isPresent()) {
            if (inFlight == 0) {
                end.tryFail(stopped.get().after(counts.tally()));
            }
            return;
        }
        interrupted |= store.incarnation() != incarnation;
        if (interrupted && !restart()) {
            return;
        }
        if (!knowsTotals) {
            readTotals();
            return;
        }
        readAhead();
        int most = sweepContext.limits().inFlight();
        while (throttle.allows() && inFlight < most && pages.hasPieces()) {
            send(pages.nextBatch(sweepContext.limits().batch()));
        }
        if (inFlight == 0 && !reading && pages.isExhausted()) {
            end.tryComplete(counts.report(stamp()));
        }
    }

    /** Waits until every answer is in: a late one would be about the old scan. */
    private boolean restart() {
        if (!throttle.allows() || inFlight > 0 || reading) {
            return false;
        }
        interrupted = false;
        incarnation = store.incarnation();
        pages.restart();
        counts.restart();
        knowsTotals = false;
        return true;
    }

    /** Needed after a lost answer: the tokens that it counted may have expired since, and are not counted again. */
    private void readTotals() {
        if (reading || !throttle.allows()) {
            return;
        }
        reading = true;
        store.totals(target, stamp()).onComplete(done -> reading = false).onComplete(this::knowTotals, this::failed);
    }

    private void knowTotals(Map<String, Tally> found) {
        knowsTotals = true;
        counts.take(found);
        nextTurn();
    }

    private void readAhead() {
        if (throttle.allows() && !reading && pages.isDue(sweepContext.limits().ahead())) {
            reading = true;
            pages.read().onComplete(done -> reading = false).onComplete(this::read, this::failed);
        }
    }

    private void read(Page page) {
        if (!counts.hasSize()) {
            counts.size(page.holdings().size());
            page.next().ifPresent(more -> store.size(target).onSuccess(counts::size));
        }
        pages.add(page);
        nextTurn();
    }

    private void send(List<Piece> batch) {
        inFlight++;
        throttle.spend(batch.size());
        sweepContext
                .meters()
                .batch(store.sweep(target, batch, pass))
                .onComplete(done -> inFlight--)
                .onComplete(swept -> count(batch, swept), problem -> {
                    pages.repeat(batch);
                    failed(problem);
                });
    }

    private void count(List<Piece> batch, Swept swept) {
        throttle.recovered();
        Set<Piece> begun = new HashSet<>(batch);
        throttle.giveBack(swept.rest().stream().filter(begun::contains).count());
        counts.take(batch.size(), swept);
        pages.resume(swept.rest());
        nextTurn();
    }

    private void nextTurn() {
        context.runOnContext(turn -> step());
    }

    /** Waits if the problem may pass, and stops otherwise. */
    private void failed(Throwable cause) {
        Problem problem = Problem.of(cause);
        switch (problem.kind()) {
            case UNAVAILABLE -> {
                interrupted = true;
                throttle.pause();
            }
            case OVERLOADED -> throttle.pause();
            case INVALID, FORBIDDEN, LOCKED, UNCOUNTED, DAMAGED, INTERNAL -> stop(problem);
        }
        nextTurn();
    }
}
