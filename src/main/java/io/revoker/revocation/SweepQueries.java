package io.revoker.revocation;

import io.revoker.bus.FindSweeps;
import io.revoker.bus.FoundSweeps;
import io.revoker.bus.StopSweep;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepLedger.Hearing;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;

/** Tells of sweeps, whoever runs them, and stops them. */
final class SweepQueries {
    private final SweepLedger ledger;
    private final SweepMeters meters;
    private final InstantSource time;
    private final SweepStops stops;

    SweepQueries(SweepLedger ledger, SweepMeters meters, InstantSource time, SweepStops stops) {
        this.ledger = ledger;
        this.meters = meters;
        this.time = time;
        this.stops = stops;
    }

    Future<FoundSweeps> find(FindSweeps request) {
        return request.sweep()
                .map(sweep -> ledger.find(sweep).map(found -> found.stream().toList()))
                .orElseGet(ledger::list)
                .map(found -> new FoundSweeps(found.stream()
                        .filter(sweep -> request.scope().covers(sweep.target()))
                        .toList()));
    }

    /** Whoever runs it is told, and what it had under way is waited for; on another instance, it learns of it at its next sign of life. */
    Future<FoundSweeps> stop(StopSweep request) {
        return ledger.find(request.sweep())
                .map(found -> found.filter(sweep -> request.scope().covers(sweep.target())))
                .compose(found -> found.map(this::stop).orElseGet(() -> Future.succeededFuture(found)))
                .map(sweep -> new FoundSweeps(sweep.stream().toList()));
    }

    private Future<Optional<SweepStatus>> stop(SweepStatus sweep) {
        if (!sweep.state().isOpen()) {
            return Future.succeededFuture(Optional.of(sweep));
        }
        SweepStatus stopped = sweep.at(State.STOPPED, sweep.progress(), time.instant());
        return ledger.end(stopped, Hearing.ANYONE).compose(end -> {
            if (!end.wasOpen()) {
                return ledger.find(sweep.sweep());
            }
            meters.ended(stopped.progress());
            return stops.stop(sweep.sweep())
                    .compose(counted -> counted || sweep.state() == State.WAITING
                            ? ledger.find(sweep.sweep())
                            : Future.succeededFuture(Optional.of(stopping(stopped))));
        });
    }

    private static SweepStatus stopping(SweepStatus stopped) {
        return stopped.at(State.STOPPING, stopped.progress(), stopped.updated());
    }
}
