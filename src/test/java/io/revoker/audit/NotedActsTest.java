package io.revoker.audit;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.CommandRun;
import io.revoker.domain.TokenId;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OwnRedis;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single tokens are revoked, and noted for the trail, in one step; their entries follow. */
class NotedActsTest {
    private static final long MICROS = 1_000_000;
    private static final String ANNOUNCED = "rv:{log}:audit:announced";
    private static final String ACTS = "rv:{log}:audit";
    private static final String FACTS =
            "\"time\":\"2026-01-31T12:00:00Z\",\"kind\":\"revocation\",\"caller\":\"ops\",\"via\":\"test\"";

    @TempDir
    private Path directory;

    private OwnRedis server;
    private RedisClient redis;
    private RunningService service;
    private Api api;

    @BeforeEach
    void start() {
        server = OwnRedis.start(directory);
        redis = RedisClient.of(server.url());
        service = RunningService.on(server.url(), "--redis.prefix=rv", "--audit.interval=100ms");
        api = new Api(service);
    }

    @AfterEach
    void close() {
        service.close();
        redis.close();
        server.close();
    }

    private List<JsonNode> entries(String query) {
        return service.call("GET", "/v1/audit?kind=revocation" + query).send().each("entries");
    }

    private static String noted(Instant deadline) {
        return "done 1795363200000000 1 2 " + deadline.getEpochSecond() * MICROS + ' ' + FACTS;
    }

    @Test
    void areReadAsSoonAsTheyAreAnswered() {
        for (int i = 1; i <= 50; i++) {
            String token = api.access("corp", "joe-" + i);
            assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");

            List<JsonNode> newest = entries("&limit=1");
            assertThat(newest).hasSize(1);
            assertThat(newest.get(0).path("username").asText()).isEqualTo("joe-" + i);
            assertThat(newest.get(0).path("token_id").asText())
                    .isEqualTo(TokenId.of(token).value().substring(0, 10));
            assertThat(newest.get(0).path("outcome").asText()).isEqualTo("done");
            assertThat(newest.get(0).path("invalidated_tokens").asLong()).isEqualTo(1);
            assertThat(newest.get(0).path("stamp").asText()).isNotEmpty();
            assertThat(newest.get(0).has("act")).isFalse();
        }
        assertThat(CommandRun.of(service, "audit", "verify").out()).endsWith(": whole\n");
    }

    /** By whoever reads first, with the outcome. */
    @Test
    void thatAnInstanceHasLeftBehindAreWritten() {
        redis.call("HSET", ANNOUNCED, "dead/1", noted(Instant.now().plusSeconds(1)));

        List<JsonNode> entries = entries("");

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).path("outcome").asText()).isEqualTo("done");
        assertThat(entries.get(0).path("stamp").asText()).isEqualTo("1795363200000000");
        assertThat(entries.get(0).path("invalidated_tokens").asLong()).isEqualTo(1);
        assertThat(entries.get(0).path("previously_invalidated_tokens").asLong())
                .isEqualTo(2);
        assertThat(entries.get(0).path("act").asText()).isEqualTo("dead/1");
        assertThat(redis.number("HLEN", ANNOUNCED)).isZero();
    }

    /** Even if nobody reads the trail. */
    @Test
    void thatAnInstanceHasLeftBehindLongAgoAreWrittenByUpkeep() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("dead/" + i);
            redis.call("HSET", ANNOUNCED, "dead/" + i, noted(Instant.now().minusSeconds(60)));
        }

        until("written", () -> redis.number("HLEN", ANNOUNCED) == 0);

        assertThat(entries("&outcome=done"))
                .extracting(entry -> entry.path("act").asText())
                .containsExactlyInAnyOrderElementsOf(names);
    }

    /** What somebody removes or alters there is of no use to him, while the instance runs. */
    @Test
    void haveTheirEntriesWhateverBecomesOfTheNotes() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(api.access("corp", "joe-" + i));
        }
        for (String token : tokens) {
            api.invalidateAccess(token);
            redis.call("DEL", ANNOUNCED);
        }

        until("all have theirs", () -> entries("&limit=1000").size() == 100);
        assertThat(CommandRun.of(service, "audit", "verify").out()).endsWith(": whole\n");
    }

    @Test
    void areNotDoneIfTheyCannotBeNoted() {
        String token = api.access("corp", "joe");
        redis.call("SET", ANNOUNCED, "another program's");

        assertThat(api.invalidateAccess(token)).startsWith("50");

        assertThat(api.check(token)).isEqualTo(200);
    }

    /**
     * Their instance does not wait for the entries, and ends before it can write them: another program has written to
     * their key, or the last entry is one after which there can be none.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"SET " + ACTS + " other", "XADD " + ACTS + " 18446744073709551615-18446744073709551615 a b"})
    void haveTheirEntriesAlthoughTheTrailCouldNotBeWrittenBeforeTheInstanceEnded(String damage) {
        String token = api.access("corp", "joe");
        redis.call(damage.split(" "));
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
            until("tried", () -> log.lines().stream().anyMatch(line -> line.contains("entries not written")));
        }
        assertThat(notes()).isEqualTo(1);
        service.close();

        redis.call("DEL", ACTS);
        service = RunningService.on(server.url(), "--redis.prefix=rv", "--audit.interval=100ms");

        assertThat(entries("&outcome=done")).hasSize(1);
        assertThat(notes()).isZero();
    }

    /** While the trail can't be written, a reader takes the note for one that was left behind. */
    @Test
    void haveOneEntryOrSomeThatNameTheActIfTheirsIsLate() {
        String late = api.access("corp", "joe");
        String next = api.access("corp", "ann");
        redis.call("SET", ACTS, "another program's");
        assertThat(api.invalidateAccess(late)).isEqualTo("200 1,0,0");
        assertThat(service.call("GET", "/v1/audit").send().status()).isEqualTo(503);

        redis.call("DEL", ACTS);
        until("written again", () -> api.invalidateAccess(next).startsWith("200"));
        until("all of them", () -> notes() == 0 && !entries("&username=ann").isEmpty());

        assertThat(entries("&outcome=done&username=joe"))
                .extracting(entry -> entry.path("act").asText())
                .isNotEmpty()
                .containsOnly(
                        entries("&outcome=done&username=joe").get(0).path("act").asText());
    }

    @Test
    void areLookedForOnceForAllThatWait() {
        redis.call("HSET", ANNOUNCED, "dead/1", noted(Instant.now().plusSeconds(3)));
        long before = redis.calls("hscan");

        List<CompletableFuture<List<JsonNode>>> readers = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> entries(""), task -> new Thread(task).start()))
                .toList();

        readers.forEach(reader -> assertThat(reader.join()).hasSize(1));
        assertThat(redis.calls("hscan") - before).isLessThan(600);
    }

    private long notes() {
        return ((List<?>) redis.call("HVALS", ANNOUNCED))
                .stream().filter(value -> value.toString().startsWith("done ")).count();
    }
}
