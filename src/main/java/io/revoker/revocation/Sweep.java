package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.revocation.SweepTools.FirstPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One sweep: reads page after page of holders, and invalidates their tokens batch by batch.
 *
 * <p>A bounded number of batches is in flight, and while they are, the next page is read; little more than a page of holders is held at a time, however
 * many there are. Every step is one turn of the event loop, and one promise tells the end: a chain of futures over the pages would grow with them.
 * The store counts, and counts once whatever is repeated; so a sweep that finds the store unavailable pauses and begins anew, and so does one whose store has
 * come back unnoticed: a replica that has become the primary may not have everything that was answered. What fails for one holder is reported and the others go on.
 */
final class Sweep {
    private static final int MAX_ERRORS = 100;

    /** An attempt that went well for so long is none of those that end at the same place again and again. */
    private static final Duration SOUND = Duration.ofSeconds(5);

    private final TokenStore store;
    private final SweepTools tools;
    private final Pace pace;
    private final Target target;
    private final Pass pass;
    private final Promise<Report> end = Promise.promise();
    private final Context context;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final Map<String, Tally> totals = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private Optional<FirstPage> firstPage = Optional.empty();
    private Optional<Cursor> nextPage = Optional.of(Cursor.START);
    private Tally before = Tally.NONE;
    private boolean knowsTotals = true;
    private boolean reading;
    private boolean interrupted;
    private long incarnation;
    private Optional<Problem> stopped = Optional.empty();
    private Optional<Instant> firstFault = Optional.empty();
    private Instant lastFault = Instant.EPOCH;
    private int inFlight;
    private long holders;
    private long all;
    private long failed;

    /** To be made by who asks for it: what it does is part of what that one does, for those who trace it. */
    Sweep(SweepTools tools, SweepStatus begun) {
        this.store = tools.storeFor(begun.target());
        this.tools = tools;
        this.context = tools.context().owner().getOrCreateContext();
        this.pace = new Pace(tools.context().owner(), () -> tools.limits().perSecond(), this::step);
        this.target = begun.target();
        this.pass = new Pass(begun.sweep(), begun.started());
    }

    /** Begins with the next turn, so that whoever waits for the end is there by then. Fails only if the store is at fault, or if it is stopped. */
    Future<Report> run() {
        incarnation = firstPage.map(FirstPage::incarnation).orElseGet(store::incarnation);
        nextTurn();
        return end.future();
    }

    /** What another one had counted. It may have counted more, and what it counted may have expired: the totals of the store are read first. */
    Sweep from(Progress left) {
        before = left.tally();
        knowsTotals = false;
        return this;
    }

    /** With a page that was asked for behind its entry in the log. If the store has come back since, the page is not used. */
    Sweep with(Optional<FirstPage> first) {
        firstPage = first;
        return this;
    }

    Stamp stamp() {
        return pass.before();
    }

    Target target() {
        return target;
    }

    Progress progress() {
        return new Progress(holders, all, tally(), failed);
    }

    /** The parts of the store that have counted something. */
    Set<String> parts() {
        return totals.entrySet().stream()
                .filter(total -> !total.getValue().equals(Tally.NONE))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The parts of the store that it has written to. */
    Set<String> written() {
        return Set.copyOf(totals.keySet());
    }

    /** Begins nothing more; what is under way still counts. */
    void stop(Problem why) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(why);
            step();
        }
    }

    /** Whether the store has failed it for so long, again and again. */
    boolean standsStill(Duration time) {
        Instant since = tools.time().instant().minus(time);
        return firstFault.filter(fault -> !fault.isAfter(since)).isPresent();
    }

    Tally tally() {
        return totals.values().stream().reduce(Tally.NONE, Tally::plus).larger(before);
    }

    private void step() {
        if (end.future().isComplete()) {
            return;
        }
        if (stopped.isPresent()) {
            if (inFlight == 0) {
                end.tryFail(stopped.get().after(tally()));
            }
            return;
        }
        interrupted |= store.incarnation() != incarnation;
        if (interrupted && !beginAnew()) {
            return;
        }
        if (!knowsTotals) {
            readTotals();
            return;
        }
        readAhead();
        int most = tools.limits().inFlight();
        while (pace.allows() && inFlight < most && !pieces.isEmpty()) {
            send(nextBatch());
        }
        if (inFlight == 0 && !reading && nextPage.isEmpty() && pieces.isEmpty()) {
            end.tryComplete(Report.of(stamp(), tally(), failed, errors));
        }
    }

    /** Waits until the last answer is in: it may be about the old scan. */
    private boolean beginAnew() {
        if (!pace.allows() || inFlight > 0 || reading) {
            return false;
        }
        interrupted = false;
        incarnation = store.incarnation();
        pieces.clear();
        errors.clear();
        holders = 0;
        failed = 0;
        firstPage = Optional.empty();
        nextPage = Optional.of(Cursor.START);
        knowsTotals = false;
        return true;
    }

    /** An answer that was lost may have been about holders whose tokens have expired since. */
    private void readTotals() {
        if (reading || !pace.allows()) {
            return;
        }
        reading = true;
        store.totals(target, stamp()).onComplete(done -> reading = false).onComplete(this::knowTotals, this::failed);
    }

    private void knowTotals(Map<String, Tally> found) {
        knowsTotals = true;
        found.forEach((part, tally) -> totals.merge(part, tally, Tally::larger));
        nextTurn();
    }

    private void readAhead() {
        if (!pace.allows()
                || reading
                || nextPage.isEmpty()
                || pieces.size() >= tools.limits().ahead()) {
            return;
        }
        reading = true;
        Future<Page> page =
                firstPage.map(FirstPage::page).orElseGet(() -> store.page(target, nextPage.orElse(Cursor.START)));
        firstPage = Optional.empty();
        page.onComplete(done -> reading = false).onComplete(this::read, this::failed);
    }

    private void read(Page page) {
        nextPage = page.next();
        if (all == 0) {
            all = page.holders().size();
            page.next().ifPresent(more -> store.size(target).onSuccess(size -> all = size));
        }
        page.holders().forEach(holder -> pieces.add(new Piece(holder, Cursor.START)));
        nextTurn();
    }

    private List<Piece> nextBatch() {
        List<Piece> batch = new ArrayList<>();
        int most = tools.limits().batch();
        while (batch.size() < most && !pieces.isEmpty()) {
            batch.add(pieces.remove());
        }
        return batch;
    }

    private void send(List<Piece> batch) {
        inFlight++;
        pace.spend(batch.size());
        tools.meters()
                .batch(store.sweep(target, batch, pass))
                .onComplete(done -> inFlight--)
                .onComplete(swept -> count(batch, swept), problem -> {
                    pieces.addAll(batch);
                    failed(problem);
                });
    }

    private void count(List<Piece> batch, Swept swept) {
        pace.recovered();
        if (tools.time().instant().isAfter(lastFault.plus(SOUND))) {
            firstFault = Optional.empty();
        }
        holders += batch.size() - swept.rest().size();
        swept.totals().forEach((part, tally) -> totals.merge(part, tally, Tally::larger));
        swept.rest().forEach(pieces::addFirst);
        failed += swept.errors().size();
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
        switch (problem.kind()) {
            case UNAVAILABLE -> {
                interrupted = true;
                rest();
            }
            case OVERLOADED -> rest();
            case INVALID, FORBIDDEN, UNCOUNTED, DAMAGED, INTERNAL -> stop(problem);
        }
        nextTurn();
    }

    private void rest() {
        lastFault = tools.time().instant();
        firstFault = firstFault.or(() -> Optional.of(lastFault));
        pace.pause();
    }
}
