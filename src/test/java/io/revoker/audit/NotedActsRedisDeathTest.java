package io.revoker.audit;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is killed while tokens are revoked one by one: what was acknowledged, and what is dead, has its entry. */
class NotedActsRedisDeathTest {
    private static final int CLIENTS = 6;
    private static final int TOKENS = 240;

    @TempDir
    private Path directory;

    private final Map<String, String> tokens = new HashMap<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void leavesNoActWithoutItsEntry() throws InterruptedException {
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), directory);
                RunningService service = RunningService.on(redis.url(), "--audit.interval=100ms")) {
            Api api = new Api(service);
            for (int i = 0; i < TOKENS; i++) {
                tokens.put("user-" + i, api.access("corp", "user-" + i));
            }

            List<Thread> clients = revoke(api);
            until("some are acknowledged", () -> acknowledged.size() > TOKENS / 4);
            redis.kill();
            for (Thread client : clients) {
                client.join();
            }
            redis.start();
            // Each event loop connects by itself, and answers 503 until then.
            Set<String> done = done(service);
            assertThat(done).containsAll(acknowledged);
            Set<String> dead = new HashSet<>();
            tokens.forEach((user, token) -> {
                AtomicInteger status = new AtomicInteger();
                until("answered", () -> status.updateAndGet(before -> api.check(token)) != 503);
                if (status.get() == 401) {
                    dead.add(user);
                }
            });
            assertThat(done).isEqualTo(dead);
        }
    }

    private List<Thread> revoke(Api api) {
        List<Thread> clients = new ArrayList<>();
        for (int first = 0; first < CLIENTS; first++) {
            int from = first;
            Thread client = new Thread(() -> {
                for (int i = from; i < TOKENS; i += CLIENTS) {
                    if (api.invalidateAccess(tokens.get("user-" + i)).startsWith("200")) {
                        acknowledged.add("user-" + i);
                    }
                }
            });
            client.start();
            clients.add(client);
        }
        return clients;
    }

    private static Set<String> done(RunningService service) {
        Set<String> users = new HashSet<>();
        until("read", () -> {
            Reply reply = trail(service);
            if (reply.status() == 200) {
                reply.each("entries")
                        .forEach(entry -> users.add(entry.path("username").asText()));
            }
            return reply.status() == 200;
        });
        return users;
    }

    private static Reply trail(RunningService service) {
        return service.call("GET", "/v1/audit?kind=revocation&outcome=done&limit=1000")
                .send();
    }
}
