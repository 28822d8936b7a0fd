package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.JarProcess;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that can't follow the log may not know the newest marks: it must not be asked. */
class ReadinessTest {
    private static final String EVENTS = "followed:{log}:events";

    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient client = redis.client();

    @AfterEach
    void close() {
        client.close();
        redis.close();
    }

    @Test
    void isOffWhileTheLogCantBeFollowedAndSaysSoOnce() {
        try (LogCapture log = LogCapture.open(Level.INFO);
                RunningService service =
                        RunningService.on(redis.url(), "--redis.prefix=followed", "--redis.call-timeout=200ms")) {
            awaitReady(service);

            client.call("SET", EVENTS, "no stream");
            until("not ready", () -> service.readiness().status() == 503);
            assertThat(service.readiness().body()).contains("the log of revocations can't be followed");
            long reads = refusals();
            until("has tried again", () -> refusals() > reads + 3);
            client.call("DEL", EVENTS);

            until("ready", () -> service.readiness().status() == 200);
            assertThat(feedLines(log)).hasSize(2).satisfies(lines -> {
                assertThat(lines.get(0)).startsWith("WARN ").contains("feed not current failure=Redis: WRONGTYPE");
                assertThat(lines.get(1)).startsWith("INFO ").contains("feed current seen=");
            });
        }
    }

    /** What takes no more memory goes on. */
    @Test
    void isOnWhileTheMemoryIsFullAndTheLogSaysSoOnce() {
        try (LogCapture log = LogCapture.open(Level.INFO);
                RunningService service = RunningService.on(redis.url(), JarProcess.PATIENT)) {
            Api api = new Api(service);
            String token = api.access("corp", "joe");
            client.call("CONFIG", "SET", "maxmemory", "1");

            until("full", () -> refused(api).contains("Redis: OOM command not allowed when used memory > maxmemory"));
            assertThat(refused(api)).endsWith("> maxmemory.");
            assertStaysReady(service);
            assertThat(api.check(token)).isEqualTo(200);
            assertThat(api.invalidateUser("joe")).isEqualTo("200 1,0,0");
            assertStaysReady(service);
            client.call("CONFIG", "SET", "maxmemory", "0");

            assertStaysReady(service);
            assertThat(log.lines().stream().filter(line -> line.contains("redis memory")))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("WARN ").contains("redis memory full, "),
                            line -> assertThat(line).startsWith("INFO ").contains("redis memory has room again"));
        }
    }

    /** Each time that it is asked: so its calls to Redis must have a time limit that a busy machine keeps, too. */
    private static void assertStaysReady(RunningService service) {
        for (int i = 0; i < 5; i++) {
            RawConnection.Answer answer = service.readiness();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    /** Not by a single request: each of its calls to Redis has a time limit, which a busy machine may miss. */
    private static void awaitReady(RunningService service) {
        until("ready", () -> service.readiness().status() == 200);
    }

    @Test
    void isOnAfterAFirstStartWithFullMemory() {
        client.call("CONFIG", "SET", "maxmemory", "1");

        try (RunningService service = RunningService.on(redis.url(), "--redis.prefix=full", JarProcess.PATIENT)) {
            assertStaysReady(service);
        }

        assertThat(client.call("HMGET", "full:{log}:layout", "version", "shards")
                        .toString())
                .isEqualTo("[2, 16]");
    }

    private static String refused(Api api) {
        Reply reply = api.register(
                "{\"realm_name\":\"corp\",\"username\":\"ann\",\"access_token\":\"" + Api.fresh("t") + "\"}");
        return reply.status() + " " + reply.json().path("detail").textValue();
    }

    /** But a server that takes no writes at all is missing, whatever its memory. */
    @Test
    void isOffWhileNoWriteIsTaken() {
        try (RunningService service = RunningService.on(redis.url())) {
            client.call("CONFIG", "SET", "maxmemory", "1");
            client.call("CONFIG", "SET", "min-replicas-to-write", "3");

            until("not ready", () -> service.readiness().body().contains("NOREPLICAS"));
            assertThat(service.readiness().status()).isEqualTo(503);
        }
    }

    private static List<String> feedLines(LogCapture log) {
        return log.lines().stream().filter(line -> line.contains(" feed ")).toList();
    }

    private long refusals() {
        return ((String) client.call("INFO", "errorstats"))
                .lines()
                .filter(line -> line.startsWith("errorstat_WRONGTYPE:count="))
                .mapToLong(line -> Long.parseLong(line.substring("errorstat_WRONGTYPE:count=".length())))
                .sum();
    }
}
