package io.revoker.canary;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token that is registered and revoked again and again, to see how long it lives at the followers. */
class CanaryTest {
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Api.fresh("canary");

    private RunningService start(String... options) {
        List<String> all = new java.util.ArrayList<>(List.of(options));
        all.addAll(List.of("--redis.prefix=" + prefix, "--canary.enabled=true", "--canary.interval=100ms"));
        return RunningService.on(redis.url(), all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void measuresHowLongTheFollowersTake() {
        try (RunningService service = start("--canary.bound=20s")) {
            confirm(service, "one");
            Waiting.until("confirmed", () -> {
                confirm(service, "one");
                return runs(service, "closed") >= 2;
            });

            Scrape scrape = Scrape.of(service);
            assertThat(scrape.value("revoker_canary_last_seconds")).isPositive();
            assertThat(scrape.samples("revoker_canary_seconds_count").get("")).isGreaterThanOrEqualTo(2);
            assertThat(runs(service, "open")).isZero();
            assertThat(runs(service, "accepted")).isZero();
            assertThat(runs(service, "failed")).isZero();
        }
    }

    @Test
    void tellsOfAFollowerThatIsLate() {
        try (LogCapture log = LogCapture.open(Level.WARN);
                RunningService service = start("--canary.bound=100ms")) {
            confirm(service, "late");

            Waiting.until("open", () -> runs(service, "open") >= 2);

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("canary not refused"))
                    .hasSize(1)
                    .allMatch(line -> line.contains("bound_ms=100") && line.contains("open=[anonymous/late]"));
            service.call("DELETE", "/v1/followers/late").send();
            Waiting.until("closed", () -> runs(service, "closed") >= 1);
        }
    }

    /** Then no instance can know whose turn it is. */
    @Test
    void hasFailedWhileRedisIsAway() {
        try (LogCapture log = LogCapture.open(Level.WARN);
                RunningService service = start()) {
            Waiting.until("closed", () -> runs(service, "closed") >= 1);

            redis.kill();

            Waiting.until("failed", () -> runs(service, "failed") >= 2);
            assertThat(Scrape.of(service).value("revoker_canary_last_seconds")).isNaN();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("canary not tried"))
                    .hasSize(1);

            redis.start();
            double before = runs(service, "closed");
            Waiting.until("closed again", () -> runs(service, "closed") > before);
        }
    }

    @Test
    void isCountedInTheAuditTrail() {
        try (RunningService service = start("--audit.interval=100ms")) {
            Waiting.until("counted", () -> entries(service).contains("\"invalidated\":"));

            assertThat(entries(service))
                    .contains("\"caller\":\"service\",\"via\":\"canary\"")
                    .doesNotContain("token_id");
        }
    }

    private static String entries(RunningService service) {
        return service.call("GET", "/v1/audit?kind=revocation").send().body();
    }

    @Test
    void isSentByOneInstanceAtATime() {
        RunningService first = start();
        Waiting.until("runs", () -> runs(first, "closed") >= 1);
        try (RunningService second = start()) {
            double before = runs(first, "closed");
            Waiting.until("goes on", () -> runs(first, "closed") >= before + 5);
            assertThat(runs(second, "closed")).isZero();
            assertThat(Scrape.of(second).value("revoker_canary_last_seconds")).isNaN();

            first.close();

            Waiting.until("goes on there", () -> runs(second, "closed") >= 1);
        }
    }

    /** All but the log goes away soon. */
    @Test
    void leavesNothing() {
        try (RunningService service = start("--canary.bound=1s")) {
            Waiting.until("runs", () -> runs(service, "closed") >= 3);
        }
        try (RedisClient client = redis.client()) {
            List<?> keys = (List<?>) client.call("KEYS", prefix + ":*canary*");
            assertThat(keys).isNotEmpty();
            assertThat(keys)
                    .allSatisfy(key -> assertThat(Long.parseLong(
                                    client.call("TTL", key.toString()).toString()))
                            .as(key.toString())
                            .isBetween(0L, 60L));
        }
    }

    @Test
    void isOffUnlessItIsSwitchedOn() {
        try (RunningService service = RunningService.on(redis.url(), "--canary.interval=100ms")) {
            new Api(service).invalidateUser("joe");
            assertThat(runs(service, "closed")).isZero();
            assertThat(Scrape.of(service).samples("revoker_registrations_total").get("{outcome=\"created\"}"))
                    .isZero();
        }
    }

    private static double runs(RunningService service, String outcome) {
        return Scrape.of(service)
                .samples("revoker_canary_runs_total")
                .getOrDefault("{outcome=\"" + outcome + "\"}", -1.0);
    }

    private static void confirm(RunningService service, String name) {
        String stamp =
                service.call("GET", "/v1/followers").send().json().path("stamp").asText();
        service.call("PUT", "/v1/followers/" + name)
                .json("{\"confirmed\":\"" + stamp + "\"}")
                .send();
    }
}
