package io.revoker.revocation;

import io.revoker.bus.FindSweeps;
import io.revoker.bus.FoundSweeps;
import io.revoker.bus.StopSweep;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepLedger.Hearing;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells of sweeps, whoever runs them, and stops them. */
final class SweepQueries {
    private final SweepLedger ledger;
    private final SweepMeters meters;
    private final InstantSource time;
    private final Consumer<Stamp> tell;

    /** @param tell takes each sweep that is stopped here */
    SweepQueries(SweepLedger ledger, SweepMeters meters, InstantSource time, Consumer<Stamp> tell) {
        this.ledger = ledger;
        this.meters = meters;
        this.time = time;
        this.tell = tell;
    }

    Future<FoundSweeps> find(FindSweeps request) {
        return request.sweep()
                .map(sweep -> ledger.find(sweep).map(found -> found.stream().toList()))
                .orElseGet(ledger::list)
                .map(found -> new FoundSweeps(found.stream()
                        .filter(sweep -> request.scope().covers(sweep.target()))
                        .toList()));
    }

    /** Whoever runs it is told; on another instance, it learns of it at its next sign of life. */
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
            tell.accept(sweep.sweep());
            return Future.succeededFuture(Optional.of(stopped));
        });
    }
}
