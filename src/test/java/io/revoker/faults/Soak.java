package io.revoker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packaged service under a steady, mixed load, whose tokens live for seconds: nothing of it grows once everything that is bounded is full, which a
 * small heap and a small cache bring about in the first half. Runs with {@code -Psoak} only.
 */
class Soak {
    private static final Logger LOG = LoggerFactory.getLogger(Soak.class);
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("revoker.soak.minutes", 30));
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int CALLERS = 4;
    private static final Map<String, String> SMALL = Map.of("JAVA_TOOL_OPTIONS", "-Xmx48m");
    private static final double TOLERATED = 0.05;
    private static final int ONE_OF = 1000;
    /** So many sweeps that have ended are kept. */
    private static final int LISTED = 1000;

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    @TempDir
    private Path directory;

    @Test
    void nothingGrows() {
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
                JarProcess service = JarProcess.run(
                        directory,
                        List.of(
                                "--http.port=0",
                                "--management.port=0",
                                "--redis.url=" + redis.url(),
                                "--log.retention=1m",
                                "--redis.connect-timeout=20s",
                                "--check.cached-records=2000"),
                        SMALL)) {
            service.awaitReady();
            fillListOfEndedSweeps(service);
            List<SoakSample> samples = sample(service, redis);
            LOG.info("soak minutes={} calls={} not_served={}", LENGTH.toMinutes(), calls, failures);
            SoakTrend.all(samples).forEach(trend -> LOG.info("soak minutes={} {}", LENGTH.toMinutes(), trend));
            assertThat(failures.get() * ONE_OF).as("not served").isLessThanOrEqualTo(calls.get());
            assertThat(SoakTrend.all(samples))
                    .allSatisfy(
                            trend -> assertThat(trend.growth()).as("%s", trend).isLessThan(TOLERATED));
        }
    }

    /** The slow ones of the load would take hours to fill it. */
    private static void fillListOfEndedSweeps(JarProcess service) {
        try (HttpDoor door = new HttpDoor(service::port)) {
            IntStream.range(0, LISTED)
                    .forEach(i ->
                            assertThat(door.begin(new Target.User("ended" + i))).isEqualTo(202));
        }
    }

    private List<SoakSample> sample(JarProcess service, RedisProcess redis) {
        AtomicBoolean goOn = new AtomicBoolean(true);
        List<SoakCaller> callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> new SoakCaller(new HttpDoor(service::port), new Random(i), calls, failures))
                .toList();
        List<CompletableFuture<Void>> working = callers.stream()
                .map(caller -> CompletableFuture.runAsync(() -> caller.work(goOn::get)))
                .toList();
        List<SoakSample> samples = new ArrayList<>();
        long end = System.nanoTime() + LENGTH.toNanos();
        try (RedisClient client = redis.client()) {
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE.toNanos());
                samples.add(SoakSample.of(service, client));
            }
        } finally {
            goOn.set(false);
        }
        working.forEach(CompletableFuture::join);
        return samples;
    }
}
