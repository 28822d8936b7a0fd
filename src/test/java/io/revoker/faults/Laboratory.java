package io.revoker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs schedules, one for each seed from the first on. A failure names its seed; {@code -Drevoker.faults.seed=SEED
 * -Drevoker.faults.schedules=1} plays that schedule again, though never with the same interleaving.
 */
final class Laboratory {
    private static final Logger LOG = LoggerFactory.getLogger(Laboratory.class);
    private static final long SEED = Long.getLong("revoker.faults.seed", System.nanoTime());
    private static final int SCHEDULES = Integer.getInteger("revoker.faults.schedules", 18);
    private static final int AT_ONCE = 2;

    /** A service that answers nothing keeps every promise but one. */
    private static final int LEAST_SERVED_PERCENT = 20;

    private final Program.Starter starter;
    private final List<Result> results = new ArrayList<>();

    Laboratory(Program.Starter starter) {
        this.starter = starter;
    }

    /** As many as were asked for. */
    void verifyAll(Topology topology) {
        verify(topology, SCHEDULES);
    }

    /** One for twenty of them, and at least one. */
    void verifySome(Topology topology) {
        verify(topology, Math.max(1, SCHEDULES / 20));
    }

    private void verify(Topology topology, int schedules) {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Result> fresh = LongStream.range(SEED, SEED + schedules)
                    .mapToObj(seed -> Schedule.of(topology, seed))
                    .map(schedule -> CompletableFuture.supplyAsync(() -> run(schedule, failures), threads))
                    .toList()
                    .stream()
                    .flatMap(result -> result.join().stream())
                    .toList();
            results.addAll(fresh);
            assertThat(failures).isEmpty();
            verify(fresh);
        } finally {
            threads.shutdown();
        }
    }

    /** One that could not be played to its end is a failure too, but the others go on. */
    private Optional<Result> run(Schedule schedule, List<Throwable> failures) {
        try {
            Result result = Experiment.run(schedule, starter);
            LOG.info("operations={} {} {}", result.operations(), schedule, result.firstViolations());
            return Optional.of(result);
        } catch (AssertionError | RuntimeException failure) {
            LOG.error("not played to its end: {}", schedule, failure);
            failures.add(new AssertionError(schedule + "\n  not played to its end: " + failure.getMessage(), failure));
            return Optional.empty();
        }
    }

    private static void verify(List<Result> results) {
        assertThat(results)
                .allSatisfy(result -> assertThat(result.violations())
                        .as("%s", result.schedule())
                        .isEmpty());
        long operations = results.stream().mapToLong(Result::operations).sum();
        assertThat(results.stream().mapToLong(Result::served).sum() * 100)
                .as("served of %d operations, from seed %d on", operations, SEED)
                .isGreaterThan(operations * LEAST_SERVED_PERCENT);
    }

    /** Logs what came of all of them, and writes it to a file. */
    void report(String name) {
        Report report = new Report(List.copyOf(results));
        LOG.info("{}", report.text());
        report.write(Path.of("target", "faults", name + ".md"));
    }
}
