package io.revoker.http.feed;

import io.revoker.bus.ReadLog;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.LockStore.Find;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.Mark;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Takes snapshots of what is revoked. What the log says is read once, when the first is asked for, and read on with
 * each further one. The table is kept on one event loop, that of the first caller.
 */
public final class Snapshots {
    private static final int MOST_UNDER_WAY = 8;

    /** Divisor: the table takes this part of the heap at most. */
    private static final int HEAP_SHARE = 16;

    private final Duration retention;
    private final InstantSource time;
    private final Supplier<Stamp> followed;
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Home> homes = new ArrayList<>();
    private RevokedTable table;
    private Future<?> last = Future.succeededFuture();

    /** An event loop, and its way to the log. */
    private record Home(Context context, RevokerBus bus) {}

    /**
     * Reads nothing yet.
     *
     * @param retention how long the log keeps a revocation at least
     * @param followed up to which stamp this instance has read the log for its followers
     */
    public Snapshots(Duration retention, InstantSource time, Supplier<Stamp> followed) {
        this.retention = retention;
        this.time = time;
        this.followed = followed;
        this.most = (int) Math.min(1 << 28, Runtime.getRuntime().maxMemory() / HEAP_SHARE / RevokedTable.bytesEach());
        this.table = new RevokedTable(most, Stamp.NONE);
    }

    /** The table is kept on the event loop that joins first. */
    synchronized void join(Context context, RevokerBus bus) {
        homes.add(new Home(context, bus));
    }

    private synchronized Home home() {
        return homes.get(0);
    }

    /** Whether one more snapshot may be taken and sent now; if so, it must {@link #exit} later. */
    boolean enter() {
        boolean entered = underWay.incrementAndGet() <= MOST_UNDER_WAY;
        if (!entered) {
            underWay.decrementAndGet();
        }
        return entered;
    }

    void exit() {
        underWay.decrementAndGet();
    }

    /** What all of the log says, for a caller on another event loop. Fails with a {@link Problem}. */
    Future<RevokedTable.View> read(Context caller) {
        return onto(caller, this::readOn);
    }

    /** What of it the callers of some realms may see. */
    Future<Snapshot> take(Context caller, RevokedTable.View view, RealmScope realms) {
        return onto(caller, () -> of(view, realms));
    }

    private interface Work<T> {
        Future<T> begin();
    }

    private <T> Future<T> onto(Context caller, Work<T> work) {
        Promise<T> done = Promise.promise();
        home().context()
                .runOnContext(
                        turn -> work.begin().onComplete(outcome -> caller.runOnContext(back -> done.handle(outcome))));
        return done.future();
    }

    /** One after the other: putting one together takes several times the memory that it has in the end. */
    private Future<Snapshot> of(RevokedTable.View view, RealmScope realms) {
        return home().bus()
                .findLocks(new Find(RealmScope.ALL))
                .compose(found -> home().context()
                        .executeBlocking(
                                () -> Snapshot.of(view, realms, seen(found.locks(), realms), time.instant()),
                                /* ordered= */ true));
    }

    private static List<Lock> seen(List<Lock> locks, RealmScope realms) {
        return locks.stream()
                .filter(lock ->
                        EventForm.realm(lock.target()).map(realms::covers).orElse(true))
                .toList();
    }

    /**
     * One after the other: each has all that was in the log when it was asked for. Fails if the log has lost what was
     * read here before: it says so itself a moment later.
     */
    private Future<RevokedTable.View> readOn() {
        Stamp before = followed.get();
        Future<RevokedTable.View> next = last.transform(ended -> readToTheEnd()).map(done -> {
            if (before.isAfter(table.read())) {
                throw Problem.unavailable("log: ends before " + before + " (expected: what was read from it)");
            }
            table.forget(new Stamp(
                    Math.max(0, Mark.at(time.instant().minus(retention)).micros())));
            return table.view();
        });
        last = next;
        return next;
    }

    private Future<Void> readToTheEnd() {
        Promise<Void> end = Promise.promise();
        readPage(end);
        return end.future();
    }

    private void readPage(Promise<Void> end) {
        home().bus()
                .readLog(new ReadLog(table.read()))
                .onSuccess(page -> {
                    if (take(page) && page.isLast()) {
                        end.complete();
                    } else {
                        home().context().runOnContext(turn -> readPage(end));
                    }
                })
                .onFailure(end::fail);
    }

    /** False if the log has to be read from its beginning. */
    private boolean take(LogPage page) {
        if (page.continuity() != Continuity.WHOLE) {
            // What was lost may have revoked any older token.
            Stamp since = page.continuity() == Continuity.LOST ? table.read() : Stamp.NONE;
            table = new RevokedTable(most, since);
            return false;
        }
        if (table.read().equals(Stamp.NONE)) {
            page.trimmed().ifPresent(table::startAt);
        }
        table.add(page.events(), page.upTo());
        return true;
    }
}
