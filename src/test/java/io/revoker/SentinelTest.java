package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Sentinel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary, its replica, and a sentinel that makes the one the other. */
class SentinelTest {
    private static final int TOKENS = 500;

    /** More than a busy machine stands still. */
    private static final Duration GONE = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    private RedisProcess primary;
    private RedisProcess replica;
    private Sentinel sentinel;
    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        primary = RedisProcess.start(RedisServers.executable(), Files.createDirectory(directory.resolve("primary")));
        replica = primary.startReplica(Files.createDirectory(directory.resolve("replica")));
        sentinel = Sentinel.start(Files.createDirectory(directory.resolve("sentinel")), primary.port(), GONE);
        service = RunningService.on(
                sentinel.url(),
                "--redis.durability.replicas=1",
                "--redis.call-timeout=10s",
                "--redis.durability.replica-timeout=5s",
                "--sweep.rate-limit=8",
                "--sweep.batch-size=1",
                "--redis.heartbeat=100ms");
    }

    @AfterEach
    void stop() {
        service.close();
        sentinel.close();
        replica.close();
        primary.close();
    }

    @Test
    void worksOnThePrimaryThatTheSentinelNames() {
        Api api = new Api(service);
        Api.Pair pair = api.pair("corp", "joe");

        assertThat(api.check(pair.access())).isEqualTo(200);
        assertThat(api.invalidateUser("joe")).isEqualTo("200 2,0,0");
        assertThat(api.check(pair.access())).isEqualTo(401);
    }

    /** The connection that a replica's confirmation is asked on must be the one that the mark was written on. */
    @Test
    void doesNotCallConfirmedWhatWasWrittenOnAnotherConnection() {
        Api api = new Api(service);
        register(api);
        CompletableFuture<Reply> answer =
                CompletableFuture.supplyAsync(() -> api.invalidate("{\"realm_name\":\"corp\"}"));
        until(
                "under way",
                () -> !service.call("GET", "/v1/sweeps")
                        .send()
                        .json()
                        .path("sweeps")
                        .isEmpty());
        killClients(primary);

        assertThat(answer.join().status()).isEqualTo(503);
        assertThat(answer.join().body()).contains("durability: Redis has been reconnected");
        until("confirmed", () -> api.invalidateRealm("corp").equals("200 0,0,0"));
    }

    @Test
    void finishesASweepOnTheNewPrimaryAndCountsExactly() {
        Api api = new Api(service);
        register(api);
        String sweep = api.beginSweep("{\"realm_name\":\"corp\"}");
        until("under way", () -> api.sweep(sweep).path("invalidated_tokens").asLong() > 0);
        primary.kill();

        until("ended", () -> api.sweep(sweep).path("state").asText().equals("ended"));

        assertThat(api.sweep(sweep).path("invalidated_tokens").asLong()).isEqualTo(TOKENS);
        until("checks answer", () -> api.check("token-0") != 503);
        assertThat(IntStream.range(0, TOKENS).map(i -> api.check("token-" + i)).distinct())
                .containsExactly(401);
    }

    /** An old primary that comes back finds itself a primary for some seconds more. */
    @Test
    void asksTheSentinelAnewForEachConnection() {
        long connections = clients(primary);
        killClients(primary);
        until("all have connected again", () -> clients(primary) >= connections);
        try (RedisProcess other = RedisProcess.start(RedisServers.executable(), RedisServers.directory())) {
            sentinel.watch(other.port());
            killClients(primary);

            until("all are connected to the other", () -> clients(other) >= connections);

            assertThat(clients(primary)).isZero();
        }
    }

    private static void killClients(RedisProcess server) {
        try (RedisClient client = server.client()) {
            client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
    }

    /** Those that are no sentinel's, no replica's and not this one. */
    private static long clients(RedisProcess server) {
        try (RedisClient client = server.client()) {
            return client.call("CLIENT", "LIST")
                    .toString()
                    .lines()
                    .filter(line -> line.contains(" name= "))
                    .filter(line -> !line.contains(" flags=S ") && !line.contains(" cmd=client"))
                    .count();
        }
    }

    private void register(Api api) {
        IntStream.range(0, TOKENS)
                .forEach(i -> api.register("{\"realm_name\":\"corp\",\"username\":\"user" + i
                        + "\",\"access_token\":\"token-" + i + "\"}"));
        primary.awaitReplica();
    }
}
