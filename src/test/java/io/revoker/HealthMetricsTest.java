package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metrics show of an unhealthy instance. */
class HealthMetricsTest {
    private static final Duration BLOCKED = Duration.ofMillis(800);
    private static final String DELAY = "revoker_event_loop_delay_seconds";

    @TempDir
    private Path directory;

    @Test
    void tellHowLateTheEventLoopsAre() {
        try (RunningService service = RunningService.start()) {
            until("watched", () -> Scrape.of(service).value(DELAY + "_count") > 1);
            double before = late(service);

            service.vertx().runOnContext(turn -> LockSupport.parkNanos(BLOCKED.toNanos()));

            until("late", () -> late(service) > before);
        }
    }

    private static double late(RunningService service) {
        Scrape scrape = Scrape.of(service);
        double inTime = scrape.samples(DELAY + "_bucket").entrySet().stream()
                .filter(bucket -> bucket.getKey().equals("{le=\"0.1\"}"))
                .mapToDouble(bucket -> bucket.getValue())
                .sum();
        return scrape.value(DELAY + "_count") - inTime;
    }

    @Test
    void tellWhetherItIsReadyAndWhatItMisses() {
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), directory);
                RunningService service = RunningService.on(redis.url())) {
            assertThat(Scrape.of(service).value("revoker_ready")).isOne();

            redis.kill();

            until("lost", () -> Scrape.of(service).value("revoker_redis_connections") == 0);
            Scrape lost = Scrape.of(service);
            assertThat(lost.value("revoker_redis_connections_wanted")).isEqualTo(11);
            assertThat(lost.value("revoker_ready")).isZero();
        }
    }
}
