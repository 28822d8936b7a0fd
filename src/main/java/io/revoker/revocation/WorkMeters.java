package io.revoker.revocation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.revoker.domain.Durability;
import io.revoker.domain.Problem;
import io.revoker.domain.Registration;
import io.revoker.domain.Report;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.Verdict;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the revocation verticles do, all of them together. No label ever names a realm, a user or a token. */
public final class WorkMeters {
    private final MeterRegistry registry;
    private final Map<Verdict.Status, Counter> checks = new EnumMap<>(Verdict.Status.class);
    private final Counter failedChecks;
    private final AtomicInteger sweeps = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();

    public WorkMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Verdict.Status status : Verdict.Status.values()) {
            checks.put(status, checks(label(status)));
        }
        failedChecks = checks("failed");
        Gauge.builder("revoker.sweeps.running", sweeps, AtomicInteger::get)
                .description("Sweeps under way.")
                .register(registry);
        Gauge.builder("revoker.sweep.batches.in.flight", batches, AtomicInteger::get)
                .description("Batches of sweeps that the store has not answered yet.")
                .register(registry);
    }

    Future<Verdict> check(Future<Verdict> verdict) {
        return verdict.onComplete(this::checked, failure -> failedChecks.increment());
    }

    Future<Registration> registration(Future<Registration> registration) {
        return registration.onComplete(
                done -> registered(label(done.outcome())), failure -> registered(problem(failure)));
    }

    Future<Report> revocation(Target target, Future<Report> report) {
        return report.onComplete(
                done -> {
                    revoked(target, label(done.outcome()));
                    if (done.outcome() != Report.Outcome.NOT_FOUND) {
                        confirmed(done);
                    }
                    if (target instanceof Target.OneToken) {
                        tokens(done.tally());
                    }
                },
                failure -> revoked(target, problem(failure)));
    }

    Future<Report> sweep(Future<Report> report) {
        long began = System.nanoTime();
        sweeps.incrementAndGet();
        return report.onComplete(done -> sweeps.decrementAndGet())
                .onComplete(
                        done -> {
                            tokens(done.tally());
                            swept("ended", began);
                        },
                        failure -> swept(problem(failure), began));
    }

    <T> Future<T> batch(Future<T> answer) {
        batches.incrementAndGet();
        return answer.onComplete(done -> batches.decrementAndGet());
    }

    private void checked(Verdict verdict) {
        Counter counter = checks.get(verdict.status());
        if (counter != null) {
            counter.increment();
        }
    }

    private Counter checks(String verdict) {
        return Counter.builder("revoker.checks")
                .description("Tokens that were checked, by what was found.")
                .tag("verdict", verdict)
                .register(registry);
    }

    private void registered(String outcome) {
        Counter.builder("revoker.registrations")
                .description("Grants that were to be registered, by what came of it.")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    private void revoked(Target target, String outcome) {
        Counter.builder("revoker.revocations")
                .description("Revocations, by what they named and what came of it.")
                .tag("target", kind(target))
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    private void confirmed(Report report) {
        Durability reached = report.durability();
        Counter.builder("revoker.confirmations")
                .description("Revocations that were acknowledged, by what the acknowledgement survives.")
                .tag("fsync", label(reached.fsync()))
                .tag("replicas", Integer.toString(reached.replicas()))
                .register(registry)
                .increment();
    }

    private void tokens(Tally tally) {
        tokens("invalidated", tally.invalidated());
        tokens("previously_invalidated", tally.previouslyInvalidated());
    }

    private void tokens(String outcome, long count) {
        Counter.builder("revoker.tokens")
                .description("Tokens that revocations found, by whether they were live until then.")
                .tag("outcome", outcome)
                .register(registry)
                .increment((double) count);
    }

    private void swept(String outcome, long began) {
        Timer.builder("revoker.sweep")
                .description("Time that sweeps took, by what came of them.")
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10))
                .register(registry)
                .record(Duration.ofNanos(System.nanoTime() - began));
    }

    private static String kind(Target target) {
        return target.match(
                one -> one.kind() == TokenKind.ACCESS ? "access_token" : "refresh_token",
                realm -> "realm",
                user -> "user",
                userInRealm -> "user_in_realm");
    }

    private static String problem(Throwable failure) {
        return label(failure instanceof Problem problem ? problem.kind() : Problem.Kind.INTERNAL);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
