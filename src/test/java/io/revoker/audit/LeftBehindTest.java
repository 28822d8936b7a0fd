package io.revoker.audit;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.CommandRun;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an instance has left behind, and what the retention removes. */
class LeftBehindTest {
    private static final String FACTS =
            "\"time\":\"2026-01-31T12:00:00Z\",\"kind\":\"revocation\",\"caller\":\"ops\",\"via\":\"test\"";

    private final String key = Api.fresh("audit") + ":{log}:audit";
    private RedisClient redis;

    @BeforeEach
    void connect() {
        redis = RedisClient.of(RedisServers.embedded().url());
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void makesOneEntryOfEachActWhoseInstanceHasEnded() {
        long old = (Instant.now().getEpochSecond() - 3600) * 1_000_000;
        for (int i = 0; i < 10; i++) {
            redis.call("HSET", key + ":announced", "dead/" + i, old + " " + FACTS);
        }
        try (RunningService one = start();
                RunningService other = start()) {
            until("told", () -> redis.number("HLEN", key + ":announced") == 0);

            assertThat(entries(one, ""))
                    .hasSize(10)
                    .allSatisfy(
                            entry -> assertThat(entry.path("outcome").asText()).isEqualTo("unknown"))
                    .allSatisfy(
                            entry -> assertThat(entry.path("caller").asText()).isEqualTo("ops"));
            assertThat(CommandRun.of(other, "audit", "verify").out()).endsWith(": whole\n");
        }
    }

    @Test
    void leavesThoseAloneThatMayStillBeUnderWay() {
        redis.call(
                "HSET",
                key + ":announced",
                "alive/1",
                (Instant.now().getEpochSecond() + 3600) * 1_000_000 + " " + FACTS);
        redis.call("HSET", key + ":announced", "dead/1", "1 " + FACTS);
        RunningService service = start();
        try (service) {
            until("the other one is told", () -> redis.number("HLEN", key + ":announced") == 1);

            assertThat(redis.call("HGET", key + ":announced", "alive/1")).isNotEqualTo("nil");
        }
    }

    @Test
    void leavesNothingAnnouncedOfWhatIsOver() {
        try (RunningService service = start()) {
            Api api = new Api(service);
            String token = api.access("corp", "joe");
            api.invalidateAccess(token);
            api.invalidateAccess("unknown");
            api.invalidateRealm("corp");

            until("nothing is announced", () -> redis.number("HLEN", key + ":announced") == 0);
            assertThat(entries(service, "?kind=revocation")).hasSize(2);
        }
    }

    @Test
    void removesTheOldestWhenThereAreTooManyBytesAndIsStillWhole() {
        try (RunningService service = start("--audit.max-size=1MiB")) {
            Api api = new Api(service);
            String reason = "word ".repeat(50).strip();
            for (int i = 0; i < 3000; i++) {
                assertThat(service.call("POST", "/v1/revocations")
                                .json("{\"target\":{\"realm_name\":\"r\",\"username\":\"u" + i
                                        + "\"},\"reason\":{\"code\":\"policy\",\"text\":\"" + reason + "\"}}")
                                .send())
                        .asString()
                        .startsWith("200");
            }
            until(
                    "some are removed",
                    () -> entries(service, "?order=oldest&limit=1")
                                    .get(0)
                                    .path("number")
                                    .asLong()
                            > 1);
            api.invalidateRealm("r");

            assertThat(CommandRun.of(service, "audit", "verify").out()).endsWith(": whole\n");
        }
    }

    @Test
    void forgetsOnlyChainsOfWhichNothingIsLeftAndThatAreOld() {
        String now = Instant.now().getEpochSecond() + "000000";
        chain("empty", "3 hash", "3 hash", "1");
        chain("new", "3 hash", "3 hash", now);
        chain("filled", "3 hash", "2 other", "1");
        RunningService service = start("--audit.retention=1h");
        try (service) {
            until(
                    "forgotten",
                    () -> redis.call("HGET", key + ":chains", "empty").equals("nil"));

            assertThat(redis.call("HGET", key + ":chains", "<empty")).isEqualTo("nil");
            assertThat(redis.call("HGET", key + ":chains", "new")).isEqualTo("3 hash " + now);
            assertThat(redis.call("HGET", key + ":chains", "<filled")).isEqualTo("2 other");
        }
    }

    private void chain(String id, String last, String removed, String written) {
        redis.call("HSET", key + ":chains", id, last + ' ' + written, '<' + id, removed);
    }

    @Test
    void findsWhatWasLeftBehindLongAgo() {
        redis.call("HSET", key + ":announced", "dead/1", "1 " + FACTS);
        try (RunningService service = start()) {
            until("told", () -> redis.number("HLEN", key + ":announced") == 0);

            assertThat(entries(service, "?outcome=unknown&until=2026-02-01T00:00:00Z"))
                    .hasSize(1);
        }
    }

    @Test
    void goesOnAfterARestartWithAnotherChain() {
        try (RunningService service = start()) {
            new Api(service).invalidateRealm("r");
        }
        try (RunningService service = start()) {
            new Api(service).invalidateRealm("r");

            assertThat(CommandRun.of(service, "audit", "verify").out()).isEqualTo("2 entries of 2 chains: whole\n");
        }
    }

    private RunningService start(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--redis.prefix=" + key.substring(0, key.indexOf(':')));
        all.add("--audit.interval=100ms");
        all.add("--http.request-timeout=5s");
        return RunningService.start(all.toArray(String[]::new));
    }

    private static List<JsonNode> entries(RunningService service, String query) {
        return service.call("GET", "/v1/audit" + query).send().each("entries");
    }
}
