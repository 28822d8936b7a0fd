package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary whose replica may stand still, and a service that demands the replica's word. */
class DurabilityTest {
    private static final int MANY = 100;

    @TempDir
    private Path directory;

    private RedisProcess primary;
    private RedisProcess replica;
    private RunningService service;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        primary = RedisProcess.start(RedisServers.executable(), Files.createDirectory(directory.resolve("primary")));
        replica = primary.startReplica(Files.createDirectory(directory.resolve("replica")));
        service = RunningService.on(
                primary.url(),
                "--redis.durability.replicas=1",
                "--redis.call-timeout=10s",
                "--redis.durability.replica-timeout=3s",
                "--sweep.running=1000",
                "--redis.heartbeat=100ms");
        api = new Api(service);
    }

    @AfterEach
    void stop() {
        service.close();
        replica.close();
        primary.close();
    }

    /** With a call time-out that every wait for the replica takes a quarter of. */
    @Test
    void goesOnWithAllElseWhileRevocationsWaitForAReplicaThatStandsStill() {
        List<String> tokens = IntStream.range(0, MANY)
                .mapToObj(i -> api.access("corp", "user" + i))
                .toList();
        replica.freeze();

        List<CompletableFuture<Reply>> revoked = IntStream.range(0, MANY)
                .mapToObj(i -> i % 2 == 0
                        ? invalidate("{\"token\":\"" + tokens.get(i) + "\"}")
                        : invalidate("{\"username\":\"user" + i + "\"}"))
                .toList();
        List<CompletableFuture<Reply>> registered = IntStream.range(0, MANY)
                .mapToObj(i -> service.call("POST", "/v1/tokens")
                        .json("{\"realm_name\":\"corp\",\"username\":\"new\",\"access_token\":\"new" + i + "\"}")
                        .sendAsync())
                .toList();

        assertThat(registered).extracting(reply -> reply.join().status()).containsOnly(201);
        assertThat(revoked)
                .allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(503))
                .allSatisfy(reply -> assertThat(reply.join().body()).contains("durability: 0 replicas (expected: 1)"));
        assertThat(tokens).extracting(api::check).containsOnly(401);
        replica.thaw();
        until("confirmed", () -> api.invalidateRealm("corp").equals("200 " + MANY + ",0,0"));
    }

    @Test
    void asksTheReplicaOnceForManyRevocations() {
        List<String> tokens = IntStream.range(0, MANY)
                .mapToObj(i -> api.access("corp", "user" + i))
                .toList();
        try (RedisClient redis = primary.client()) {
            redis.call("CONFIG", "RESETSTAT");
            replica.freeze();
            List<CompletableFuture<Reply>> revoked = tokens.stream()
                    .map(token -> invalidate("{\"token\":\"" + token + "\"}"))
                    .toList();
            until("asked", () -> redis.calls("wait") > 0);
            replica.thaw();

            assertThat(revoked).extracting(reply -> reply.join().status()).containsAnyOf(200);
            assertThat(redis.calls("wait")).isLessThan(MANY / 10);
        }
    }

    @Test
    void revokesThoughRedisHasNoMemoryLeft() {
        String token = api.access("corp", "joe");
        try (RedisClient redis = primary.client()) {
            redis.call("CONFIG", "SET", "maxmemory", "1");
        }

        assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
        for (String again : new String[] {"first", "again"}) {
            assertThat(service.call("POST", "/v1/revocations")
                            .header("Idempotency-Key", "no-memory")
                            .json("{\"target\":{\"realm_name\":\"corp\",\"username\":\"joe\"}}")
                            .send()
                            .status())
                    .as(again)
                    .isEqualTo(200);
        }
    }

    /** Also to a client that repeats its call: the first one may have removed the lock, and have been forgotten since. */
    @Test
    void saysThatALockIsGoneOnlyWhenTheReplicaKnows() {
        String id = service.call("POST", "/v1/revocations")
                .json("{\"target\":{\"username\":\"joe\"},\"until\":\"" + Api.ahead(Duration.ofDays(1)) + "\"}")
                .send()
                .json()
                .at("/lock/id")
                .textValue();
        replica.freeze();

        assertThat(unlock(id).status()).isEqualTo(503);
        assertThat(unlock(id).status()).isEqualTo(503);

        replica.thaw();
        until("confirmed", () -> unlock(id).status() == 404);
    }

    private Reply unlock(String id) {
        return service.call("DELETE", "/v1/locks/" + id).send();
    }

    /** It could take over without what the other one has confirmed. */
    @Test
    void warnsOfAReplicaThatNobodyWaitsFor() throws IOException {
        assertThat(Scrape.of(service).value("revoker_redis_replicas_demanded")).isOne();
        assertThat(Scrape.of(service).value("revoker_redis_replicas")).isOne();

        try (LogCapture log = LogCapture.open(Level.WARN);
                RedisProcess second = primary.startReplica(Files.createDirectory(directory.resolve("second")))) {
            until("seen", () -> Scrape.of(service).value("revoker_redis_replicas") == 2);

            assertThat(log.lines())
                    .containsOnlyOnce(
                            "WARN io.revoker.redis.link.RedisMeters redis has more replicas than a revocation waits"
                                    + " for: a fail-over may forget it replicas=2 demanded=1");
            second.kill();
            until("gone", () -> Scrape.of(service).value("revoker_redis_replicas") == 1);
        }
    }

    private CompletableFuture<Reply> invalidate(String body) {
        return service.call("DELETE", Api.PATH).json(body).sendAsync();
    }
}
