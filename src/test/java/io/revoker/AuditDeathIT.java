package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.CommandRun;
import io.revoker.domain.TokenId;
import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process is killed while it revokes tokens one by one: whatever was acknowledged, and whatever took effect, has an
 * entry in the audit trail.
 */
class AuditDeathIT {
    private static final Logger LOG = LoggerFactory.getLogger(AuditDeathIT.class);
    private static final long SEED = Long.getLong("revoker.death.seed", new Random().nextLong());
    private static final int DEATHS = Integer.getInteger("revoker.death.rounds", 3);
    private static final int CLIENTS = 8;
    private static final int TOKENS = 4000;

    @TempDir
    private Path directory;

    /** What was acknowledged, by the name of the user, who has one token. */
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    private static String[] options(RedisProcess redis) {
        return new String[] {
            "--redis.url=" + redis.url(),
            "--redis.prefix=rv",
            "--audit.interval=200ms",
            "--http.request-timeout=1s",
            "--sweep.patience=1ms"
        };
    }

    @Test
    void leavesNoActWithoutItsEntry() {
        Random random = new Random(SEED);
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), directory);
                RedisClient client = redis.client();
                RunningService survivor = RunningService.on(redis.url(), options(redis))) {
            for (int death = 0; death < DEATHS; death++) {
                acknowledged.clear();
                String realm = "realm-" + death;
                register(survivor, realm);
                revokeAndDie(redis, realm, random);
                Waiting.until(
                        "nothing is announced any more", () -> client.number("HLEN", "rv:{log}:audit:announced") == 0);

                Map<String, List<String>> outcomes = outcomes(survivor, realm);

                LOG.info(
                        "acknowledged={} entries={} unknown={}",
                        acknowledged.size(),
                        outcomes.size(),
                        unknown(survivor).size());
                assertThat(acknowledged).isNotEmpty();
                assertThat(acknowledged)
                        .allSatisfy(user -> assertThat(outcomes.getOrDefault(user, List.of()))
                                .contains("done"));
                Set<String> unknown = unknown(survivor);
                assertThat(IntStream.range(0, TOKENS)
                                .mapToObj(i -> "user-" + i)
                                .filter(user -> !outcomes.containsKey(user))
                                .map(user -> token(realm, user))
                                .filter(token -> isDead(survivor, token))
                                .map(AuditDeathIT::id))
                        .isSubsetOf(unknown);
            }
            CommandRun verify = CommandRun.of(survivor, "audit", "verify");
            assertThat(verify.out()).endsWith(": whole\n");
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + SEED, e);
        }
    }

    private void revokeAndDie(RedisProcess redis, String realm, Random random) {
        try (JarProcess victim = JarProcess.start(directory, options(redis))) {
            victim.awaitReady();
            int most = 100 + random.nextInt(TOKENS / 2);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int first = i;
                Thread client = new Thread(() -> revoke(victim, realm, first));
                client.start();
                clients.add(client);
            }
            victim.until("some are acknowledged", () -> acknowledged.size() >= most);
            victim.kill();
            Waiting.until("all have noticed", () -> clients.stream().noneMatch(Thread::isAlive));
        }
    }

    private void revoke(JarProcess victim, String realm, int first) {
        try (RawConnection connection = victim.connect()) {
            for (int i = first; i < TOKENS; i += CLIENTS) {
                String user = "user-" + i;
                if (connection.exchange(Requests.invalidate(token(realm, user))).status() != 200) {
                    return;
                }
                acknowledged.add(user);
            }
        } catch (AssertionError | RuntimeException dead) {
            LOG.debug("the process has ended");
        }
    }

    private static String token(String realm, String user) {
        return realm + "-token-of-" + user;
    }

    private static void register(RunningService service, String realm) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < TOKENS; i++) {
            lines.append("{\"realm_name\":\"").append(realm);
            lines.append("\",\"username\":\"user-").append(i);
            lines.append("\",\"access_token\":\"")
                    .append(token(realm, "user-" + i))
                    .append("\"}\n");
        }
        // Again, because one that has just begun answers some too late on a busy machine.
        Waiting.until("registered", () -> areRegistered(service, lines.toString()));
    }

    private static boolean areRegistered(RunningService service, String lines) {
        String answer = service.call("POST", "/v1/tokens")
                .header("Content-Type", "application/x-ndjson")
                .body(lines)
                .send()
                .body();
        return answer.contains("\"complete\":true,\"lines\":" + TOKENS)
                && answer.contains("\"conflicts\":0,\"invalid\":0,\"forbidden\":0,\"failed\":0");
    }

    private static boolean isDead(RunningService service, String token) {
        return service.call("GET", "/v1/check").bearer(token).send().status() == 401;
    }

    /** Of each user. */
    private static Map<String, List<String>> outcomes(RunningService service, String realm) {
        Map<String, List<String>> outcomes = new HashMap<>();
        each(
                service,
                "kind=revocation&realm_name=" + realm,
                entry -> outcomes.computeIfAbsent(entry.path("username").asText(), user -> new ArrayList<>())
                        .add(entry.path("outcome").asText()));
        return outcomes;
    }

    /** The ids of their tokens, as far as they are shown: that they are of a realm is known only when they are found. */
    private static Set<String> unknown(RunningService service) {
        Set<String> ids = new HashSet<>();
        each(
                service,
                "kind=revocation&outcome=unknown",
                entry -> ids.add(entry.path("token_id").asText()));
        return ids;
    }

    private static String id(String token) {
        return TokenId.of(token).value().substring(0, 10);
    }

    private static void each(RunningService service, String query, Consumer<JsonNode> then) {
        String after = "";
        do {
            JsonNode page = service.call("GET", "/v1/audit?limit=1000&" + query + after)
                    .send()
                    .json();
            page.required("entries").forEach(then);
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
    }
}
