package io.revoker.revocation.audit;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.Register;
import io.revoker.bus.Revoke;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.Act.Kind;
import io.revoker.domain.audit.AuditRequests.Chains;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.FindChains;
import io.revoker.domain.audit.AuditRequests.Note;
import io.revoker.domain.audit.AuditRequests.Noted;
import io.revoker.domain.audit.AuditRequests.Page;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.audit.Keeping;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.audit.Result;
import io.revoker.domain.audit.Result.State;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.SweepStatus;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Keeps each act in the audit trail, and answers what is asked of it. */
public record AuditedActs(AuditTrail trail) {
    private static final Origin UNKNOWN = Origin.ofBus("");
    private static final Act CANARY = Act.of(Kind.REVOCATION, Origin.CANARY, "tokens of the canary");

    /** Adds its addresses. */
    public BusEndpoint serve(BusEndpoint endpoint) {
        return endpoint.<Note, Noted>serve(
                        Addresses.NOTE_AUDIT,
                        note -> trail.note(note.act(), note.result()).map(new Noted()))
                .<Find, Page>serve(Addresses.FIND_AUDIT, trail::find)
                .<FindChains, Chains>serve(Addresses.FIND_AUDIT_CHAINS, asked -> trail.chains());
    }

    /**
     * A single token that is not found is no act: nothing was changed.
     *
     * @param work must change nothing before it is kept
     */
    public Function<Revoke, Future<Report>> revocations(BiFunction<Revoke, Keeping, Future<Report>> work) {
        return asked -> isCanary(asked)
                ? trail.counted(CANARY, () -> work.apply(asked, Keeping.NONE), AuditedActs::number)
                : trail.of(act(asked), keeping -> work.apply(asked, keeping), AuditedActs::result);
    }

    /** One every few seconds for ever would push out all others. */
    private static boolean isCanary(Revoke asked) {
        return asked.origin().filter(Origin.CANARY::equals).isPresent() && asked.target() instanceof Target.OneToken;
    }

    private static String number(Report report) {
        return report.outcome() == Report.Outcome.NOT_FOUND ? "not_found" : "invalidated";
    }

    private static Act act(Revoke asked) {
        Origin origin =
                asked.origin().orElseGet(() -> Origin.ofBus(asked.caller().orElse("")));
        return new Act(
                asked.lockUntil().isPresent() ? Kind.LOCK : Kind.REVOCATION,
                origin,
                Optional.of(asked.target()),
                asked.reason(),
                asked.lockUntil(),
                "");
    }

    private static Optional<Result> result(Report report) {
        Optional<State> state = switch (report.outcome()) {
            case COUNTED -> Optional.of(report.errorCount() == 0 ? State.DONE : State.FAILED);
            case BEGUN, JOINED -> Optional.of(State.BEGUN);
            case NOT_FOUND -> Optional.empty();
        };
        List<Result.Count> errors =
                report.errorCount() == 0 ? List.of() : List.of(new Result.Count("error_count", report.errorCount()));
        return state.map(known -> new Result(
                known, report.stamp(), Optional.empty(), report.holder(), Optional.of(report.tally()), errors, ""));
    }

    /** They are counted. */
    public Function<Register, Future<Registration>> registrations(Function<Register, Future<Registration>> work) {
        return asked -> trail.counted(
                Act.of(
                        Kind.REGISTRATION,
                        asked.origin().orElse(UNKNOWN),
                        new Target.OfRealm(asked.grant().holder().realm())),
                () -> work.apply(asked),
                registration -> registration.outcome().name().toLowerCase(Locale.ROOT));
    }

    public Function<LockStore.Remove, Future<LockStore.Found>> unlocks(
            Function<LockStore.Remove, Future<LockStore.Found>> work) {
        return asked -> trail.of(
                Act.of(Kind.UNLOCK, asked.origin().orElse(UNKNOWN), "lock " + new MarkId(asked.id()).text()),
                keeping -> keeping.announced().compose(kept -> work.apply(asked)),
                found -> found.locks().stream()
                        .findFirst()
                        .map(lock -> Result.of(State.DONE).finding(lock.target(), lock.stamp())));
    }

    public Function<StopSweep, Future<FoundSweeps>> stops(Function<StopSweep, Future<FoundSweeps>> work) {
        return asked -> trail.of(
                Act.of(Kind.STOP, asked.origin().orElse(UNKNOWN), "sweep " + asked.sweep()),
                keeping -> keeping.announced().compose(kept -> work.apply(asked)),
                found -> found.sweeps().stream().findFirst().map(AuditedActs::stopped));
    }

    private static Result stopped(SweepStatus sweep) {
        Stamp stamp = sweep.sweep();
        boolean stops = sweep.state() == SweepStatus.State.STOPPED || sweep.state() == SweepStatus.State.STOPPING;
        return (stops ? Result.of(State.DONE) : Result.of(State.REFUSED, "sweep: not running"))
                .finding(sweep.target(), stamp);
    }
}
