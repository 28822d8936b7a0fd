package io.revoker.wiring;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in Redis has a layout: an instance that could not read it, or would not find a part of it, does not serve. */
@OnEveryRedis
class LayoutAtStartTest {
    private final String prefix = Api.fresh("layout");
    private final String layout = prefix + ":{log}:layout";
    private final String url;
    private final RedisClient redis;

    LayoutAtStartTest(RedisServers.Server server) {
        url = server.url();
        redis = RedisClient.of(url);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void isNotedByTheFirstStart() {
        start(16).close();

        assertThat(noted()).isEqualTo("[2, 16]");
        assertThat(redis.number("TTL", layout)).isEqualTo(-1);
        start(16).close();
    }

    @Test
    void refusesAnotherNumberOfShards() {
        start(4).close();

        assertThatThrownBy(() -> start(8))
                .hasStackTraceContaining(
                        "redis.realm-shards: 8 (expected: 4, as the data in Redis have it, by " + layout);
        assertThat(noted()).isEqualTo("[2, 4]");
    }

    @Test
    void refusesTheLayoutOfANewerRelease() {
        redis.call("HSET", layout, "version", "3", "shards", "16");

        assertThatThrownBy(() -> start(16))
                .hasStackTraceContaining("Redis: layout of the data: 3 (expected: 2 or older; a newer release has"
                        + " written to " + layout + ")");
        assertThat(noted()).isEqualTo("[3, 16]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "", "1.5", "0x1", "12345678901"})
    void refusesALayoutThatItCannotRead(String version) {
        redis.call("HSET", layout, "version", version, "shards", "16");

        assertThatThrownBy(() -> start(16))
                .hasStackTraceContaining("Redis: layout of the data: " + version + " (expected: 2 or older");
        assertThat(noted()).isEqualTo("[" + version + ", 16]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "one"})
    void notesNoShardsOfALayoutThatItCannotRead(String version) {
        redis.call("HSET", layout, "version", version);

        assertThatThrownBy(() -> start(16))
                .hasStackTraceContaining("Redis: layout of the data: " + version + " (expected: 2 or older");
        assertThat(noted()).isEqualTo("[" + version + ", nil]");
    }

    /** Instances of the older release may still run, and could not read what the newer one writes. */
    @Test
    void leavesThatOfAnOlderRelease() {
        redis.call("HSET", layout, "version", "1", "shards", "16");

        start(16).close();

        assertThat(noted()).isEqualTo("[1, 16]");
    }

    /** Of the first version, data may be without a note; the first registration writes the clock. */
    @ParameterizedTest
    @ValueSource(strings = {"clock", "last", "events"})
    void takesDataWithoutANoteForOld(String key) {
        redis.call("SET", prefix + ":{log}:" + key, "1796000000000000");
        if (key.equals("events")) {
            redis.call("DEL", prefix + ":{log}:events");
            redis.call("XADD", prefix + ":{log}:events", "1-0", "target", "all");
        }

        start(16).close();

        assertThat(noted()).isEqualTo("[1, 16]");
    }

    /** For whoever wants to go back to the older release. */
    @Test
    void beginsWithAnOlderOneIfTheSettingsSaySo() {
        start(16, "--redis.layout=1").close();

        assertThat(noted()).isEqualTo("[1, 16]");
    }

    /** Beside the instance another one of the older release may run. */
    @Test
    void comesBackAsItWasWhenAllIsDeletedWhileAnInstanceRuns() {
        redis.call("HSET", layout, "version", "1", "shards", "4");
        try (RunningService service = start(4)) {
            redis.keys(prefix).forEach(key -> redis.call("DEL", key));

            until("noted again", () -> !noted().equals("[nil, nil]"));
            assertThat(noted()).isEqualTo("[1, 4]");
            assertThat(service.readiness().status()).isEqualTo(200);
        }
    }

    @Test
    void raisesThatOfAnOlderReleaseIfTheSettingsSaySo() {
        redis.call("HSET", layout, "version", "1", "shards", "16");

        start(16, "--redis.layout=2").close();

        assertThat(noted()).isEqualTo("[2, 16]");
        start(16, "--redis.layout=1").close();
        assertThat(noted()).isEqualTo("[2, 16]");
    }

    /** Else the older release could not start any more, though nothing of the newer one was written. */
    @Test
    void leavesThatOfAnOlderReleaseIfItsShardsAreOthers() {
        redis.call("HSET", layout, "version", "1", "shards", "16");

        assertThatThrownBy(() -> start(8, "--redis.layout=2"))
                .hasStackTraceContaining("redis.realm-shards: 8 (expected: 16");
        assertThat(noted()).isEqualTo("[1, 16]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "shards"})
    void completesWhatIsNoted(String missing) {
        start(16).close();
        redis.call("HDEL", layout, missing);

        start(16).close();

        assertThat(noted()).isEqualTo("[2, 16]");
    }

    @Test
    void refusesOtherShardsThatAreNotedWithoutAVersion() {
        redis.call("HSET", layout, "shards", "16");

        assertThatThrownBy(() -> start(8)).hasStackTraceContaining("redis.realm-shards: 8 (expected: 16");
        assertThat(noted()).isEqualTo("[nil, 16]");
    }

    @Test
    void letsOneOfTwoStartThatBeginAtOnceWithOtherShards() {
        List<CompletableFuture<RunningService>> starts = IntStream.of(4, 8)
                .mapToObj(shards -> CompletableFuture.supplyAsync(() -> start(shards)))
                .toList();
        Stream<CompletableFuture<RunningService>> failed = starts.stream()
                .filter(start -> start.handle((service, failure) -> {
                            if (service != null) {
                                service.close();
                            }
                            return failure != null;
                        })
                        .join());

        assertThat(failed).hasSize(1);
    }

    @Test
    void startsBothOfTwoThatBeginAtOnce() {
        List<CompletableFuture<RunningService>> starts = Stream.of(1, 2)
                .map(number -> CompletableFuture.supplyAsync(() -> start(16)))
                .toList();

        starts.forEach(start -> start.join().close());

        assertThat(noted()).isEqualTo("[2, 16]");
    }

    @Test
    void comesBackWhenItWasDeletedWhileAnInstanceRuns() {
        try (RunningService service = start(4)) {
            redis.call("DEL", layout);

            until("noted again", () -> noted().equals("[2, 4]"));
            assertThatThrownBy(() -> start(8)).hasStackTraceContaining("redis.realm-shards: 8 (expected: 4");
            assertThat(service.readiness().status()).isEqualTo(200);
        }
    }

    @Test
    void takesAnInstanceOutOfServiceThatHasOtherShards() {
        try (RunningService service = start(4)) {
            redis.call("HSET", layout, "shards", "8");

            assertThat(service.readiness().status()).isEqualTo(503);
            assertThat(service.readiness().body()).contains("redis.realm-shards: 4 (expected: 8");
        }
    }

    @Test
    void goesOnBesideANewerRelease() {
        try (RunningService service = start(4)) {
            redis.call("HSET", layout, "version", "3");

            assertThat(service.readiness().status()).isEqualTo(200);
            Api api = new Api(service);
            assertThat(api.check(api.access("corp", "joe"))).isEqualTo(200);
            assertThat(noted()).isEqualTo("[3, 4]");
        }
    }

    private RunningService start(int shards, String... more) {
        List<String> settings = new ArrayList<>(List.of("--redis.prefix=" + prefix, "--redis.realm-shards=" + shards));
        settings.addAll(List.of(more));
        return RunningService.on(url, settings.toArray(String[]::new));
    }

    private String noted() {
        return redis.call("HMGET", layout, "version", "shards").toString();
    }
}
