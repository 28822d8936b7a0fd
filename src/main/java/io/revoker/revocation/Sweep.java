package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenStore;
import io.revoker.domain.TokenStore.Cursor;
import io.revoker.domain.TokenStore.Page;
import io.revoker.domain.TokenStore.Piece;
import io.revoker.domain.TokenStore.Swept;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sweep: reads page after page of holders, and invalidates their tokens batch by batch.
 *
 * <p>A bounded number of batches is in flight, and while they are, the next page is read; little more than a page of holders is held at a time, however
 * many there are. Every step is one turn of the event loop, and one promise tells the end: a chain of futures over the pages would grow with them.
 * The store counts, and counts once whatever is repeated; so a sweep that finds the store unavailable pauses, and goes on with what was not answered.
 * What fails for one holder is reported and the others go on. A sweep that finds no end in time fails, and says what it did.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int MAX_ERRORS = 100;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final TokenStore store;
    private final SweepLimits limits;
    private final Context context;
    private final Target target;
    private final Stamp stamp;
    private final Promise<Report> end = Promise.promise();

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final Map<String, Tally> totals = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private Optional<Cursor> nextPage = Optional.of(Cursor.START);
    private boolean reading;
    private boolean pausing;
    private int inFlight;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private Optional<Problem> newestProblem = Optional.empty();

    Sweep(TokenStore store, SweepLimits limits, Context context, Target target, Stamp stamp) {
        this.store = store;
        this.limits = limits;
        this.context = context;
        this.target = target;
        this.stamp = stamp;
    }

    Future<Report> run() {
        long patience = context.owner().setTimer(limits.patience().toMillis(), timer -> giveUp());
        step();
        return end.future().onComplete(ended -> context.owner().cancelTimer(patience));
    }

    private void step() {
        if (end.future().isComplete() || pausing) {
            return;
        }
        readAhead();
        while (!pausing && inFlight < limits.inFlight() && !pieces.isEmpty()) {
            send(nextBatch());
        }
        if (inFlight == 0 && !reading && nextPage.isEmpty() && pieces.isEmpty()) {
            succeed();
        }
    }

    private void readAhead() {
        if (reading || nextPage.isEmpty() || pieces.size() >= limits.ahead()) {
            return;
        }
        reading = true;
        store.page(target, nextPage.get()).onComplete(done -> reading = false).onComplete(this::read, this::failed);
    }

    private void read(Page page) {
        nextPage = page.next();
        page.holders().forEach(holder -> pieces.add(new Piece(holder, Cursor.START)));
        nextTurn();
    }

    private List<Piece> nextBatch() {
        List<Piece> batch = new ArrayList<>();
        while (batch.size() < limits.batch() && !pieces.isEmpty()) {
            batch.add(pieces.remove());
        }
        return batch;
    }

    private void send(List<Piece> batch) {
        inFlight++;
        store.sweep(batch, stamp).onComplete(done -> inFlight--).onComplete(this::count, problem -> {
            pieces.addAll(batch);
            failed(problem);
        });
    }

    private void count(Swept swept) {
        pauseMillis = FIRST_PAUSE_MILLIS;
        swept.totals().forEach((part, tally) -> totals.merge(part, tally, Tally::larger));
        swept.rest().forEach(pieces::addFirst);
        swept.errors().stream().limit(MAX_ERRORS - errors.size()).forEach(errors::add);
        nextTurn();
    }

    private void nextTurn() {
        context.runOnContext(turn -> step());
    }

    /** What may pass is waited for. */
    private void failed(Throwable cause) {
        Problem problem = cause instanceof Problem known
                ? known
                : Problem.internal(cause.getClass().getSimpleName());
        newestProblem = Optional.of(problem);
        switch (problem.kind()) {
            case UNAVAILABLE, OVERLOADED -> pause();
            case INVALID, FORBIDDEN, INTERNAL -> giveUp();
        }
    }

    private void pause() {
        if (pausing) {
            nextTurn();
            return;
        }
        pausing = true;
        context.owner().setTimer(pauseMillis, timer -> {
            pausing = false;
            step();
        });
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    }

    /** The mark stands: a repetition goes on where this one ends. */
    private void giveUp() {
        Problem problem = newestProblem.orElseGet(() -> Problem.unavailable(
                "sweep: not finished within " + limits.patience().toMillis() + " ms (expected: a repetition)"));
        end.tryFail(problem.after(tally()));
    }

    private void succeed() {
        store.forget(totals.keySet(), stamp)
                .onFailure(failure -> LOG.debug("sweep totals={} failure={}", totals.size(), failure.getMessage()));
        end.tryComplete(Report.of(stamp, tally(), errors));
    }

    private Tally tally() {
        return totals.values().stream().reduce(Tally.NONE, Tally::plus);
    }
}
