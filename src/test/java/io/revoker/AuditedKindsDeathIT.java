package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.revoker.cli.CommandRun;
import io.revoker.testing.Api;
import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RawConnection.Answer;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed while it registers, locks, unlocks, revokes realms and stops sweeps: whatever was acknowledged,
 * and whatever took effect, has an entry in the audit trail.
 */
class AuditedKindsDeathIT {
    private static final long SEED = Long.getLong("revoker.death.seed", new Random().nextLong());
    private static final int DEATHS = Integer.getInteger("revoker.death.rounds", 2);
    private static final int CLIENTS = 6;

    /** Of the stop of a sweep that has ended: that is in the trail, too. */
    private static final int NOT_RUNNING = 409;

    private static final String KEY = "rv:{log}:audit:announced";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    /** What was acknowledged: kind and realm. */
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    /** Each has one token. */
    private final Queue<String> realms = new ConcurrentLinkedQueue<>();

    private static String[] options(RedisProcess redis) {
        return new String[] {
            "--redis.url=" + redis.url(),
            "--redis.prefix=rv",
            "--audit.interval=200ms",
            "--http.request-timeout=1s",
            "--sweep.patience=1s"
        };
    }

    @Test
    void leavesNoActOfAnyKindWithoutItsEntry() {
        Random random = new Random(SEED);
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), directory);
                RedisClient client = redis.client();
                RunningService survivor = RunningService.on(redis.url(), options(redis))) {
            for (int death = 0; death < DEATHS; death++) {
                actAndDie(redis, 200 + random.nextInt(600));
                Waiting.until(
                        "nothing is announced any more", Duration.ofSeconds(90), () -> client.number("HLEN", KEY) == 0);

                Set<String> known = new HashSet<>();
                Set<String> unknown = new HashSet<>();
                each(survivor, entry -> {
                    boolean isKnown = !entry.path("outcome").asText().equals("unknown");
                    (isKnown ? known : unknown)
                            .add(entry.path("kind").asText()
                                    + ' '
                                    + entry.path("realm_name").asText());
                });

                assertThat(acknowledged.stream().map(act -> act.replaceFirst(" .*", "")))
                        .contains("registration", "lock", "unlock", "revocation", "stop");
                assertThat(acknowledged)
                        .allSatisfy(act -> assertThat(known.contains(act)
                                        || (act.startsWith("registration") && unknown.contains(act)))
                                .as(act)
                                .isTrue());
                assertThat(realms)
                        .filteredOn(realm -> acknowledged.contains("registration " + realm) && isDead(survivor, realm))
                        .allSatisfy(realm -> assertThat(Set.of("lock " + realm, "revocation " + realm))
                                .containsAnyElementsOf(union(known, unknown)));
            }
            assertThat(CommandRun.of(survivor, "audit", "verify").out()).endsWith(": whole\n");
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + SEED, e);
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private void actAndDie(RedisProcess redis, int most) {
        int before = acknowledged.size();
        try (JarProcess victim = JarProcess.start(directory, options(redis))) {
            victim.awaitReady();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(() -> act(victim));
                client.start();
                clients.add(client);
            }
            victim.until("some are acknowledged", () -> acknowledged.size() >= before + most);
            victim.kill();
            Waiting.until("all have noticed", () -> clients.stream().noneMatch(Thread::isAlive));
        }
    }

    private void act(JarProcess victim) {
        try (RawConnection connection = victim.connect()) {
            while (!Thread.currentThread().isInterrupted()) {
                actOn(connection, Api.fresh("realm"));
            }
        } catch (AssertionError | RuntimeException dead) {
            assertThat(dead).isNotNull();
        }
    }

    private void actOn(RawConnection connection, String realm) {
        realms.add(realm);
        done(connection, "registration " + realm, Requests.register(realm, "joe", token(realm)));
        String lock = tree(done(
                        connection,
                        "lock " + realm,
                        Requests.body(
                                "POST",
                                Requests.REVOCATIONS,
                                Requests.JSON,
                                "{\"target\":{\"realm_name\":\"" + realm + "\",\"username\":\"joe\"},\"until\":\""
                                        + Api.ahead(Duration.ofHours(1)) + "\"}")))
                .at("/lock/id")
                .asText();
        done(connection, "unlock " + realm, delete("/v1/locks/" + lock));
        done(connection, "revocation " + realm, Requests.invalidateRealm(realm));
        String sweep = tree(done(connection, "revocation " + realm, Requests.beginSweep(realm)))
                .path("sweep")
                .asText();
        done(connection, "stop " + realm, delete("/v1/sweeps/" + sweep));
    }

    private Answer done(RawConnection connection, String act, String request) {
        Answer answer = connection.exchange(request);
        if (answer.status() / 100 != 2 && answer.status() != NOT_RUNNING) {
            throw new IllegalStateException(act + ": " + answer);
        }
        acknowledged.add(act);
        return answer;
    }

    private static String delete(String path) {
        return "DELETE " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String token(String realm) {
        return "token-of-" + realm;
    }

    private static boolean isDead(RunningService service, String realm) {
        return service.call("POST", "/oauth2/introspect")
                .form("token=" + token(realm))
                .send()
                .body()
                .equals("{\"active\":false}");
    }

    private static JsonNode tree(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void each(RunningService service, Consumer<JsonNode> then) {
        String after = "";
        do {
            JsonNode page =
                    service.call("GET", "/v1/audit?limit=1000" + after).send().json();
            page.required("entries").forEach(then);
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
    }
}
