package io.revoker.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.JarProcess;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances of the packaged service that answer from memory, of which one after the other is killed while
 * revocations go on: what is acknowledged, none of the others calls active.
 */
class NearKillIT {
    private static final int KILLS = 3;
    private static final int BETWEEN = 6;

    @TempDir
    private Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final List<JarProcess> instances = new ArrayList<>();

    @AfterEach
    void stop() {
        instances.forEach(JarProcess::close);
        redis.close();
    }

    private JarProcess start() {
        return JarProcess.start(
                directory,
                "--redis.url=" + redis.url(),
                "--check.near-cache.enabled=true",
                "--check.near-cache.bound=1s");
    }

    @Test
    void noneCallsActiveWhatIsAcknowledgedHoweverTheOthersEnd() {
        for (int i = 0; i < 3; i++) {
            instances.add(start());
        }
        instances.forEach(JarProcess::awaitReady);
        AtomicInteger acknowledged = new AtomicInteger();
        for (int kill = 0; kill < KILLS; kill++) {
            revokeSome(instances, acknowledged);
            JarProcess victim = instances.remove(random.nextInt(instances.size()));
            CompletableFuture<Void> killed = CompletableFuture.runAsync(victim::kill);
            revokeSome(instances, acknowledged);
            killed.join();
            victim.close();
            JarProcess next = start();
            revokeSome(instances, acknowledged);
            next.awaitReady();
            instances.add(next);
        }
        assertThat(instances).anyMatch(NearKillIT::hasAnsweredFromMemory);
        assertThat(acknowledged.get()).as("seed " + seed).isEqualTo(KILLS * 3 * BETWEEN);
    }

    private void revokeSome(List<JarProcess> alive, AtomicInteger acknowledged) {
        for (int i = 0; i < BETWEEN; i++) {
            String user = Api.fresh("user");
            String token = register(any(alive), user);
            alive.forEach(instance -> remember(instance, token));
            String target = random.nextBoolean() ? "{\"token\":\"" + token + "\"}" : "{\"username\":\"" + user + "\"}";
            Waiting.until(
                    "revoked",
                    () -> send(any(alive), "DELETE", Api.PATH, target).status() == 200);
            acknowledged.incrementAndGet();
            alive.forEach(instance ->
                    assertThat(check(instance, token)).as("seed " + seed).isIn(401, 503));
        }
    }

    private static boolean hasAnsweredFromMemory(JarProcess instance) {
        URI metrics = URI.create("http://127.0.0.1:" + instance.managementPort() + "/metrics");
        return new Scrape(Call.of("GET", metrics).send().body()).value("revoker_near_answers_total") > 0;
    }

    private JarProcess any(List<JarProcess> alive) {
        return alive.get(random.nextInt(alive.size()));
    }

    private String register(JarProcess instance, String user) {
        List<String> tokens = new ArrayList<>();
        String body = "{\"realm_name\":\"corp\",\"username\":\"" + user + "\",\"mint\":[\"access_token\"]}";
        Waiting.until("registered", () -> {
            Reply reply = send(instance, "POST", "/v1/tokens", body);
            tokens.add(reply.json().path("access_token").asText());
            return reply.status() == 201;
        });
        return tokens.get(tokens.size() - 1);
    }

    /** As often as it takes to be answered from memory, if that is possible now. */
    private static void remember(JarProcess instance, String token) {
        Waiting.until("active", () -> check(instance, token) == 200);
        assertThat(List.of(check(instance, token), check(instance, token))).containsOnly(200);
    }

    private static int check(JarProcess instance, String token) {
        return Call.of("GET", uri(instance, "/v1/check")).bearer(token).send().status();
    }

    private static Reply send(JarProcess instance, String method, String path, String body) {
        try {
            return Call.of(method, uri(instance, path)).json(body).send();
        } catch (UncheckedIOException lost) {
            throw new AssertionError("an instance that lives: " + instance.output(), lost);
        }
    }

    private static URI uri(JarProcess instance, String path) {
        return URI.create("http://127.0.0.1:" + instance.port() + path);
    }
}
