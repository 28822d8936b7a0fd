package io.revoker.revocation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.revoker.domain.Report;
import io.revoker.domain.Tally;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.SweepStatus.State;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the sweeps of all event loops. The tokens that a sweep found are counted by the instance that wrote its end,
 * because two instances that run the same sweep find the same tokens.
 */
final class SweepMeters {
    private final MeterRegistry registry;
    private final TokenMeters tokens;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Counter answered;
    private final Counter failed;
    private final Counter errors;

    SweepMeters(MeterRegistry registry, TokenMeters tokens) {
        this.registry = registry;
        this.tokens = tokens;
        answered = batches("answered");
        failed = batches("failed");
        errors = Counter.builder("revoker.sweep.errors")
                .description("Holders of tokens whose tokens a sweep could not count.")
                .register(registry);
        MeterLabels.outcomes(State.ENDED).forEach(this::timer);
        Gauge.builder("revoker.sweeps.running", running, AtomicInteger::get)
                .description("Sweeps that are running.")
                .register(registry);
        Gauge.builder("revoker.sweep.batches.in.flight", inFlight, AtomicInteger::get)
                .description("Batches of sweeps that the store has not answered yet.")
                .register(registry);
    }

    Future<Report> run(Future<Report> report) {
        Timer.Sample began = Timer.start(registry);
        running.incrementAndGet();
        return report.onComplete(done -> running.decrementAndGet())
                .onComplete(
                        done -> began.stop(timer(MeterLabels.of(State.ENDED))),
                        failure -> began.stop(timer(MeterLabels.of(failure))));
    }

    <T> Future<T> batch(Future<T> answer) {
        inFlight.incrementAndGet();
        return answer.onComplete(done -> inFlight.decrementAndGet())
                .onComplete(done -> answered.increment(), failure -> failed.increment());
    }

    /** An end was written, with these counts. */
    void ended(Progress found) {
        tokens.found(found.tally());
        errors.increment((double) found.errors());
    }

    /** An end was corrected: the counts that were written before are in the metrics already. */
    void corrected(Progress before, Progress found) {
        tokens.found(found.tally().beyond(before.tally()));
        errors.increment((double) Math.max(0, found.errors() - before.errors()));
    }

    private Counter batches(String outcome) {
        return Counter.builder("revoker.sweep.batches")
                .description("Batches of sweeps that are over; while there are none, no sweep makes progress.")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Timer timer(String outcome) {
        return Timer.builder("revoker.sweep")
                .description("Time that sweeps took, by outcome.")
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10))
                .register(registry);
    }

    /** Counts the tokens that revocations found. */
    static final class TokenMeters {
        private final Counter invalidated;
        private final Counter previously;

        TokenMeters(MeterRegistry registry) {
            invalidated = counter(registry, "invalidated");
            previously = counter(registry, "previously_invalidated");
        }

        void found(Tally tally) {
            invalidated.increment((double) tally.invalidated());
            previously.increment((double) tally.previouslyInvalidated());
        }

        private static Counter counter(MeterRegistry registry, String outcome) {
            return Counter.builder("revoker.tokens")
                    .description("Tokens that revocations found, by whether they were live until then.")
                    .tag("outcome", outcome)
                    .register(registry);
        }
    }
}
