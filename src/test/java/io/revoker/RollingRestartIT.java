package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Call;
import io.revoker.testing.HaProxy;
import io.revoker.testing.JarProcess;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances behind a load balancer, each ended and started again in its turn while clients go on. */
@NeedsTools
class RollingRestartIT {
    private static final int CLIENTS = 4;

    /** Requests that go through between two steps. */
    private static final int SOME = 400;

    private static final Pattern ASKED = Pattern.compile("revoker_checks_total\\{verdict=\"active\"} [1-9]");

    @TempDir
    private Path directory;

    private final List<JarProcess> started = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void stop() {
        over.set(true);
        started.forEach(JarProcess::close);
    }

    @Test
    void failsNoRequest() throws IOException {
        String redis = RedisServers.embedded().url();
        JarProcess first = instance("a", redis, 0, 0);
        JarProcess second = instance("b", redis, 0, 0);
        try (HaProxy proxy = HaProxy.start(directory, List.of(first, second))) {
            List<CompletableFuture<Void>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> CompletableFuture.runAsync(() -> ask(proxy, "client-" + client)))
                    .toList();
            answerSome();
            restart("a-again", redis, first);
            restart("b-again", redis, second);
            over.set(true);
            clients.forEach(CompletableFuture::join);

            assertThat(failures).isEmpty();
        }
    }

    /** Some are answered by the other one alone, some by both. */
    private void restart(String name, String redis, JarProcess running) throws IOException {
        int port = running.port();
        int management = running.managementPort();
        running.signal("TERM");
        assertThat(running.awaitExit()).isZero();
        answerSome();
        JarProcess again = instance(name, redis, port, management);
        until("it is asked again", () -> hasAnsweredChecks(again) || !failures.isEmpty());
        answerSome();
    }

    private static boolean hasAnsweredChecks(JarProcess instance) {
        Reply metrics = Call.of("GET", URI.create("http://127.0.0.1:" + instance.managementPort() + "/metrics"))
                .send();
        return ASKED.matcher(metrics.body()).find();
    }

    private void answerSome() {
        int enough = answered.get() + SOME;
        until("requests are answered", () -> answered.get() >= enough || !failures.isEmpty());
    }

    private JarProcess instance(String name, String redis, int port, int management) throws IOException {
        JarProcess instance = JarProcess.start(
                Files.createDirectory(directory.resolve(name)),
                "--redis.url=" + redis,
                "--http.port=" + port,
                "--management.port=" + management,
                "--http.drain-delay=2s");
        started.add(instance);
        instance.awaitReady();
        return instance;
    }

    private void ask(HaProxy proxy, String client) {
        for (int i = 0; !over.get() && failures.isEmpty(); i++) {
            String token = client + "-token-" + i;
            expect(201, Call.of("POST", proxy.uri(Requests.TOKENS)).json(Requests.registration(token)));
            expect(200, Call.of("GET", proxy.uri("/v1/check")).bearer(token));
            expect(200, Call.of("DELETE", proxy.uri(Requests.INVALIDATE)).json("{\"token\":\"" + token + "\"}"));
            expect(401, Call.of("GET", proxy.uri("/v1/check")).bearer(token));
        }
    }

    private void expect(int status, Call call) {
        try {
            Reply reply = call.send();
            if (reply.status() != status) {
                failures.add(reply.status() + " (expected: " + status + ") " + reply.body());
            }
        } catch (UncheckedIOException e) {
            failures.add(e.toString());
        }
        answered.incrementAndGet();
    }
}
