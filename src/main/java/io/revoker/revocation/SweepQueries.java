package io.revoker.revocation;

import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepLedger.Before;
import io.revoker.domain.store.SweepLedger.Delivery;
import io.revoker.domain.store.SweepLedger.End;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Finds sweeps, whichever instance runs them, and stops them. */
final class SweepQueries {
    private final SweepLedger ledger;
    private final SweepMeters meters;
    private final InstantSource time;
    private final Function<Stamp, Future<Void>> stopHere;
    private final Duration longestStop;

    /**
     * Creates the queries of one event loop.
     *
     * @param stopHere stops a sweep wherever it runs on this instance, and waits a bounded time for what is in flight
     * @param longestStop how long after a stop an instance may still write what was in flight
     */
    SweepQueries(
            SweepLedger ledger,
            SweepMeters meters,
            InstantSource time,
            Function<Stamp, Future<Void>> stopHere,
            Duration longestStop) {
        this.ledger = ledger;
        this.meters = meters;
        this.time = time;
        this.stopHere = stopHere;
        this.longestStop = longestStop;
    }

    Future<FoundSweeps> find(FindSweeps request) {
        return request.sweep()
                .map(sweep -> find(sweep).map(found -> found.stream().toList()))
                .orElseGet(() ->
                        ledger.list().map(all -> all.stream().map(this::settled).toList()))
                .map(found -> new FoundSweeps(found.stream()
                        .filter(sweep -> request.scope().covers(sweep.target()))
                        .toList()));
    }

    /**
     * If the sweep runs here, waits for what it has in flight. Another instance learns of the stop when it renews the
     * lease.
     */
    Future<FoundSweeps> stop(StopSweep request) {
        return find(request.sweep())
                .map(found -> found.filter(sweep -> request.scope().covers(sweep.target())))
                .compose(found -> found.map(this::stop).orElseGet(() -> Future.succeededFuture(found)))
                .map(sweep -> new FoundSweeps(sweep.stream().toList()));
    }

    private Future<Optional<SweepStatus>> stop(SweepStatus sweep) {
        if (!sweep.state().isOpen()) {
            return Future.succeededFuture(Optional.of(sweep));
        }
        SweepStatus stopping = sweep.at(State.STOPPING, sweep.progress(), time.instant());
        return ledger.end(stopping, Delivery.ANYONE).compose(end -> {
            if (!end.wasOpen()) {
                return find(sweep.sweep());
            }
            meters.ended(stopping.progress());
            return counted(stopping, end).compose(done -> find(sweep.sweep())).otherwise(Optional.of(stopping));
        });
    }

    /** Nothing of a sweep that was waiting is in flight. */
    private Future<?> counted(SweepStatus stopping, End end) {
        return end.before() == Before.WAITING
                ? ledger.amend(stopping.at(State.STOPPED, stopping.progress(), stopping.updated()))
                : stopHere.apply(stopping.sweep());
    }

    private Future<Optional<SweepStatus>> find(Stamp sweep) {
        return ledger.find(sweep).map(found -> found.map(this::settled));
    }

    /** If the instance that ran it has died, nothing is in flight any more, and nothing says so. */
    private SweepStatus settled(SweepStatus sweep) {
        boolean isOver = sweep.state() == State.STOPPING
                && sweep.updated().plus(longestStop).isBefore(time.instant());
        return isOver ? sweep.at(State.STOPPED, sweep.progress(), sweep.updated()) : sweep;
    }
}
