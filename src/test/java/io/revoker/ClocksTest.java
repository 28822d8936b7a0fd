package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances of one service, on machines whose clocks are minutes ahead of and behind the clock of Redis. */
@OnEveryRedis
class ClocksTest {
    private static final Duration MINUTES = Duration.ofMinutes(2);

    /** Shorter than what the clocks differ by. */
    private static final int LIFE = 60;

    private final RedisServers.Server redis;
    private final LogCapture log = LogCapture.open(Level.WARN);
    private final RunningService ahead;
    private final RunningService behind;

    ClocksTest(RedisServers.Server redis) {
        this.redis = redis;
        String prefix = "--redis.prefix=" + Api.fresh("clocks").replaceFirst("-", "");
        ahead = RunningService.on(redis.url(), shifted(MINUTES), prefix);
        behind = RunningService.on(redis.url(), shifted(MINUTES.negated()), prefix);
    }

    @AfterEach
    void stop() {
        ahead.close();
        behind.close();
        log.close();
    }

    @Test
    void agreeWhetherATokenHasExpired() {
        for (RunningService registers : new RunningService[] {ahead, behind}) {
            String token = register(registers);

            assertThat(new Api(ahead).check(token)).isEqualTo(200);
            assertThat(new Api(behind).check(token)).isEqualTo(200);
        }
    }

    @Test
    void killEverywhereWhatTheyInvalidate() {
        String first = register(behind);
        String second = register(ahead);

        assertThat(new Api(ahead).invalidateAccess(first)).isEqualTo("200 1,0,0");
        assertThat(new Api(behind).invalidateAccess(second)).isEqualTo("200 1,0,0");

        for (String token : new String[] {first, second}) {
            assertThat(new Api(ahead).check(token)).isEqualTo(401);
            assertThat(new Api(behind).check(token)).isEqualTo(401);
        }
    }

    @Test
    void issueByTheClockOfRedis() {
        try (RedisClient client = RedisClient.of(redis.url())) {
            for (RunningService issuer : new RunningService[] {ahead, behind}) {
                long before = seconds(client);
                JsonNode told = issuer.call("POST", "/oauth2/introspect")
                        .form("token=" + register(issuer))
                        .send()
                        .json();
                long after = seconds(client);

                assertThat(told.path("iat").asLong()).isBetween(before - 1, after);
                assertThat(told.path("exp").asLong() - told.path("iat").asLong())
                        .isEqualTo(LIFE);
            }
        }
    }

    @Test
    void sayHowFarTheirMachinesAreOff() {
        assertThat(Scrape.of(ahead).value("revoker_clock_difference_seconds")).isCloseTo(120, within(1.0));
        assertThat(Scrape.of(behind).value("revoker_clock_difference_seconds")).isCloseTo(-120, within(1.0));
        assertThat(log.lines())
                .filteredOn(line -> line.contains("RedisClock clock differs from that of redis, which decides"))
                .hasSize(2)
                .anyMatch(line -> line.contains("ahead_ms=1"))
                .anyMatch(line -> line.contains("ahead_ms=-1"));
    }

    private static InstantSource shifted(Duration by) {
        return () -> InstantSource.system().instant().plus(by);
    }

    private static String register(RunningService service) {
        return service.call("POST", "/v1/tokens")
                .json("{\"realm_name\":\"corp\",\"username\":\"joe\",\"mint\":[\"access_token\"],\"expires_in\":" + LIFE
                        + "}")
                .send()
                .json()
                .required("access_token")
                .textValue();
    }

    private static long seconds(RedisClient client) {
        return Long.parseLong(((List<?>) client.call("TIME")).get(0).toString());
    }
}
