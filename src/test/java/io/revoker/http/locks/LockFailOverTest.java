package io.revoker.http.locks;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Sentinel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Locks, by HTTP, when a server is replaced by its replica, or the slot with the locks moves to another one. */
class LockFailOverTest {
    private static final Duration GONE = Duration.ofSeconds(3);
    private static final String FAR = Api.ahead(Duration.ofDays(60));
    private static final String[] OPTIONS = {
        "--redis.durability.replicas=1",
        "--redis.call-timeout=10s",
        "--redis.durability.replica-timeout=5s",
        "--redis.heartbeat=100ms",
        "--redis.prefix=rv"
    };

    @Test
    void outlivesThePrimaryThatASentinelReplaces() {
        try (RedisProcess primary = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
                RedisProcess replica = primary.startReplica(RedisServers.directory());
                Sentinel sentinel = Sentinel.start(RedisServers.directory(), primary.port(), GONE);
                RunningService service = RunningService.on(sentinel.url(), OPTIONS)) {
            lock(service, "joe");
            primary.kill();

            until("it can be decided", () -> register(service, "ann") == 201);

            assertThat(sentinel.primary()).isEqualTo(replica.port());
            primary.start();
            isLockedUntilThatIsRemoved(service, "joe");
        }
    }

    @Test
    void outlivesThePrimaryOfAClusterThatHasIt() {
        try (RedisCluster cluster = RedisCluster.start(3, 3);
                RunningService service = RunningService.on(cluster.url(), OPTIONS)) {
            lock(service, "joe");
            cluster.awaitReplicas();
            RedisProcess primary = cluster.primaryOf("rv:{log}:locks");
            primary.kill();

            until("it can be decided", () -> register(service, "ann") == 201);

            primary.start();
            isLockedUntilThatIsRemoved(service, "joe");
        }
    }

    /** The lock is there from its answer on, which waits until the slot has moved. */
    @Test
    void isMadeWhileItsSlotMoves() {
        try (RedisCluster cluster = RedisCluster.start(3, 3);
                RunningService service = RunningService.on(cluster.url(), OPTIONS)) {
            lock(service, "joe");
            int slot = cluster.slotOf("rv:{log}:locks");
            cluster.beginMove(slot);

            CompletableFuture<Reply> bob = CompletableFuture.supplyAsync(() -> ask(service, "bob"));
            until("no registration any more", () -> register(service, "bob") == 423);
            cluster.finishMove(slot);

            assertThat(bob.join().status()).isEqualTo(200);
            isLockedUntilThatIsRemoved(service, "bob");
            isLockedUntilThatIsRemoved(service, "joe");
        }
    }

    private static void lock(RunningService service, String user) {
        Reply reply = ask(service, user);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static Reply ask(RunningService service, String user) {
        return service.call("POST", "/v1/revocations")
                .json("{\"target\":{\"realm_name\":\"corp\",\"username\":\"" + user + "\"},\"until\":\"" + FAR + "\"}")
                .send();
    }

    /** A removal that no replica has confirmed is answered 503, and done: a repetition finds no lock. */
    private static void isLockedUntilThatIsRemoved(RunningService service, String user) {
        assertThat(register(service, user)).isEqualTo(423);
        until("listed", () -> of(service, user).isPresent());
        JsonNode lock = of(service, user).orElseThrow();
        assertThat(lock.path("until").textValue()).isEqualTo(FAR);

        String path = "/v1/locks/" + lock.path("id").textValue();
        until(
                "removed",
                () -> Set.of(200, 404)
                        .contains(service.call("DELETE", path).send().status()));
        until("allowed", () -> register(service, user) == 201);
    }

    private static Optional<JsonNode> of(RunningService service, String user) {
        JsonNode found = service.call("GET", "/v1/locks").send().json().path("locks");
        return StreamSupport.stream(found.spliterator(), false)
                .filter(one -> one.at("/target/username").asText().equals(user))
                .findFirst();
    }

    private static int register(RunningService service, String user) {
        return new Api(service)
                .register("{\"realm_name\":\"corp\",\"username\":\"" + user + "\",\"access_token\":\""
                        + Api.fresh("token") + "\"}")
                .status();
    }
}
