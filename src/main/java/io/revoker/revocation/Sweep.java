package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenStore;
import io.revoker.domain.TokenStore.Cursor;
import io.revoker.domain.TokenStore.Piece;
import io.revoker.domain.TokenStore.Swept;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One sweep: reads page after page of holders, and invalidates their tokens batch by batch.
 *
 * <p>A bounded number of batches is in flight, and while they are, the next page is read; no more than two pages of holders are held at a time, however
 * many there are. Every step is one turn of the event loop, and one promise tells the end: a chain of futures over the pages would grow with them.
 * What fails for one holder is reported and the others go on; if no page can be read the sweep fails, and says what it did.
 */
final class Sweep {
    private static final int MAX_ERRORS = 100;

    private final TokenStore store;
    private final SweepLimits limits;
    private final Context context;
    private final Target target;
    private final Stamp stamp;
    private final Promise<Report> end = Promise.promise();

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final List<String> errors = new ArrayList<>();
    private Optional<Cursor> nextPage = Optional.of(Cursor.START);
    private boolean reading;
    private int inFlight;
    private Tally tally = Tally.NONE;
    private Optional<Problem> failure = Optional.empty();

    Sweep(TokenStore store, SweepLimits limits, Context context, Target target, Stamp stamp) {
        this.store = store;
        this.limits = limits;
        this.context = context;
        this.target = target;
        this.stamp = stamp;
    }

    Future<Report> run() {
        step();
        return end.future();
    }

    private void step() {
        if (end.future().isComplete()) {
            return;
        }
        readAhead();
        while (inFlight < limits.inFlight() && !pieces.isEmpty()) {
            send(nextBatch());
        }
        if (inFlight == 0 && !reading && nextPage.isEmpty()) {
            failure.ifPresentOrElse(
                    problem -> end.tryFail(problem.after(tally)),
                    () -> end.tryComplete(Report.of(stamp, tally, errors)));
        }
    }

    private void readAhead() {
        if (reading || nextPage.isEmpty() || pieces.size() >= limits.batch()) {
            return;
        }
        reading = true;
        store.page(target, nextPage.get())
                .onSuccess(page -> {
                    reading = false;
                    if (failure.isPresent()) {
                        nextTurn();
                        return;
                    }
                    nextPage = page.next();
                    page.holders().forEach(holder -> pieces.add(new Piece(holder, Cursor.START)));
                    nextTurn();
                })
                .onFailure(problem -> {
                    reading = false;
                    fail(problem);
                });
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
        store.sweep(batch, stamp)
                .onSuccess(swept -> {
                    inFlight--;
                    swept.forEach(this::count);
                    nextTurn();
                })
                .onFailure(problem -> {
                    inFlight--;
                    fail(problem);
                });
    }

    private void count(Swept swept) {
        tally = tally.plus(swept.tally());
        swept.next().filter(more -> failure.isEmpty()).ifPresent(pieces::addFirst);
        swept.error().filter(error -> errors.size() < MAX_ERRORS).ifPresent(errors::add);
    }

    private void nextTurn() {
        context.runOnContext(turn -> step());
    }

    /** Begins nothing more, and waits for what is under way: what it does still counts. */
    private void fail(Throwable cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(
                    cause instanceof Problem known
                            ? known
                            : Problem.internal(cause.getClass().getSimpleName()));
        }
        nextPage = Optional.empty();
        pieces.clear();
        nextTurn();
    }
}
