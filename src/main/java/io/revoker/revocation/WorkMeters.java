package io.revoker.revocation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.domain.Durability;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.Registration;
import io.revoker.revocation.SweepMeters.TokenMeters;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what all revocation verticles do. Every possible outcome has a counter from the start: Prometheus sees no
 * increase in a counter that appears with its first event.
 */
public final class WorkMeters {
    private final MeterRegistry registry;
    private final TokenMeters tokens;
    private final SweepMeters sweeps;
    private final Map<Verdict.Status, Counter> checks = new EnumMap<>(Verdict.Status.class);
    private final Map<String, Counter> registrations = new ConcurrentHashMap<>();
    private final Map<Ended, Counter> revocations = new ConcurrentHashMap<>();
    private final Map<Durability, Counter> confirmations = new ConcurrentHashMap<>();
    private final Counter failedChecks;
    private final Counter failedConfirmations;
    private final AtomicLong unlogged = new AtomicLong();

    /** A revocation, by what it is counted. */
    private record Ended(String target, String outcome) {}

    public WorkMeters(MeterRegistry registry) {
        this.registry = registry;
        tokens = new TokenMeters(registry);
        sweeps = new SweepMeters(registry, tokens);
        for (Verdict.Status status : Verdict.Status.values()) {
            checks.put(status, checks(MeterLabels.of(status)));
        }
        failedChecks = checks("failed");
        failedConfirmations = Counter.builder("revoker.confirmations.failed")
                .description(
                        "Revocations that were done but not acknowledged: the demanded durability was not reached, or not confirmed.")
                .register(registry);
        Gauge.builder("revoker.tokens.unlogged", unlogged, AtomicLong::get)
                .description("Single tokens that are or may be dead, but whose log entry has yet to be written.")
                .register(registry);
        MeterLabels.outcomes(Registration.Outcome.values()).forEach(this::registrations);
        for (String target : MeterLabels.TARGETS) {
            MeterLabels.outcomes(Report.Outcome.values()).forEach(outcome -> revocations(target, outcome));
        }
    }

    AtomicLong unlogged() {
        return unlogged;
    }

    SweepMeters sweeps() {
        return sweeps;
    }

    Future<Verdict> check(Future<Verdict> verdict) {
        return verdict.onComplete(this::checked, failure -> failedChecks.increment());
    }

    Future<Registration> registration(Future<Registration> registration) {
        return registration.onComplete(
                done -> registrations(MeterLabels.of(done.outcome())).increment(),
                failure -> registrations(MeterLabels.of(failure)).increment());
    }

    Future<Report> revocation(Target target, Future<Report> report) {
        return report.onComplete(
                done -> {
                    revocations(target.label(), MeterLabels.of(done.outcome())).increment();
                    if (target instanceof Target.Single) {
                        tokens.found(done.tally());
                    }
                },
                failure -> {
                    revocations(target.label(), MeterLabels.of(failure)).increment();
                    if (target instanceof Target.Single && failure instanceof Problem problem) {
                        tokens.found(problem.done());
                    }
                });
    }

    Future<Durability> confirmation(Future<Durability> reached) {
        return reached.onComplete(done -> confirmations(done).increment(), failure -> failedConfirmations.increment());
    }

    private void checked(Verdict verdict) {
        Counter counter = checks.get(verdict.status());
        if (counter != null) {
            counter.increment();
        }
    }

    private Counter checks(String verdict) {
        return Counter.builder("revoker.checks")
                .description("Tokens that were checked, by verdict.")
                .tag("verdict", verdict)
                .register(registry);
    }

    private Counter registrations(String outcome) {
        return registrations.computeIfAbsent(
                outcome,
                absent -> Counter.builder("revoker.registrations")
                        .description("Registrations of grants, by outcome.")
                        .tag("outcome", outcome)
                        .register(registry));
    }

    private Counter revocations(String target, String outcome) {
        return revocations.computeIfAbsent(
                new Ended(target, outcome),
                absent -> Counter.builder("revoker.revocations")
                        .description("Revocations, by target and outcome.")
                        .tag("target", target)
                        .tag("outcome", outcome)
                        .register(registry));
    }

    private Counter confirmations(Durability reached) {
        return confirmations.computeIfAbsent(
                reached,
                absent -> Counter.builder("revoker.confirmations")
                        .description("Revocations that were acknowledged, by the durability that was confirmed.")
                        .tag("fsync", MeterLabels.of(reached.fsync()))
                        .tag("replicas", Integer.toString(reached.replicas()))
                        .register(registry));
    }
}
