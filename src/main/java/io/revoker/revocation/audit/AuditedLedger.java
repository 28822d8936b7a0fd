package io.revoker.revocation.audit;

import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.Act.Kind;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.audit.Result;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps the ends of sweeps in the audit trail, with their counts, which the entry of the revocation does not have if
 * no caller has waited for them. The instance that writes an end to the ledger writes the entry, too.
 */
public record AuditedLedger(SweepLedger ledger, AuditTrail trail) implements SweepLedger {

    @Override
    public Future<End> end(SweepStatus status, Delivery delivery) {
        return switch (status.state()) {
            case ENDED, FAILED ->
                delivery == Delivery.CALLER
                        ? ledger.end(status, delivery)
                        : kept(status, () -> ledger.end(status, delivery), End::wasOpen);
            case RUNNING, WAITING, STOPPING, STOPPED, JOINED -> ledger.end(status, delivery);
        };
    }

    /** Once what was in flight is counted, too. */
    @Override
    public Future<Optional<SweepStatus>> amend(SweepStatus status) {
        return kept(status, () -> ledger.amend(status), Optional::isPresent);
    }

    /** What is written is not unwritten because its entry has to be written later. */
    private <T> Future<T> kept(SweepStatus status, Supplier<Future<T>> write, Predicate<T> isItsEnd) {
        Promise<T> written = Promise.promise();
        Future<T> entered = trail.of(
                act(status),
                keeping -> keeping.announced().compose(ready -> write.get()).onSuccess(written::complete),
                done -> isItsEnd.test(done) ? Optional.of(result(status)) : Optional.empty());
        return entered.recover(
                failure -> written.future().isComplete() ? written.future() : Future.failedFuture(failure));
    }

    private static Act act(SweepStatus status) {
        return new Act(
                Kind.SWEEP,
                new Origin(status.caller(), "", "sweep"),
                Optional.of(status.target()),
                status.reason(),
                Optional.empty(),
                "");
    }

    private static Result result(SweepStatus status) {
        long errors = status.progress().errors();
        Result.State state = switch (status.state()) {
            case STOPPED -> Result.State.STOPPED;
            case ENDED -> errors == 0 ? Result.State.DONE : Result.State.FAILED;
            case RUNNING, WAITING, STOPPING, FAILED, JOINED -> Result.State.FAILED;
        };
        return new Result(
                state,
                status.sweep(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(status.progress().tally()),
                errors == 0 ? List.of() : List.of(new Result.Count("error_count", errors)),
                "");
    }

    @Override
    public Future<Optional<SweepStatus>> claim() {
        return ledger.claim();
    }

    @Override
    public Future<Boolean> renew(SweepStatus status) {
        return ledger.renew(status);
    }

    @Override
    public Future<Void> release(Stamp sweep) {
        return ledger.release(sweep);
    }

    @Override
    public Future<Void> markUndelivered(Stamp sweep) {
        return ledger.markUndelivered(sweep);
    }

    @Override
    public Future<Void> markDelivered(Target target, List<Stamp> sweeps) {
        return ledger.markDelivered(target, sweeps);
    }

    @Override
    public Future<Optional<SweepStatus>> find(Stamp sweep) {
        return ledger.find(sweep);
    }

    @Override
    public Future<List<SweepStatus>> list() {
        return ledger.list();
    }
}
