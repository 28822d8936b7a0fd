package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.EventStream;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.NodeScript;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that nobody here wrote, and a proxy with its default settings, follow the revocations. */
@NeedsTools
class FeedThroughProxiesTest {
    private static final String STREAM = "/v1/revocations/stream";

    /** The size of a buffer of nginx, in which it would hold answers back. */
    private static final int BUFFER = 4096;

    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start() {
        service = RunningService.start("--feed.heartbeat=1s");
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void nginxPassesEachEventOnAtOnce() throws IOException {
        Path directory = Gateway.directory();
        int port = RedisProcess.freePort();
        Files.writeString(
                directory.resolve("nginx.conf"),
                "events {}\nhttp {\n  access_log off;\n  server {\n    listen 127.0.0.1:" + port
                        + ";\n    location / { proxy_pass http://127.0.0.1:" + service.port() + "; }\n  }\n}\n");
        Process nginx = new ProcessBuilder(
                        "nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off; pid nginx.pid; error_log error.log;")
                .directory(directory.toFile())
                .start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + port + STREAM);
            Waiting.until("nginx listens", () -> answers(uri));
            try (EventStream stream = EventStream.open(uri)) {
                assertThat(api.invalidateUser("through-nginx")).startsWith("200");

                stream.await(
                        event -> event.data().at("/target/username").asText().equals("through-nginx"));

                assertThat(stream.all().toString().length()).isLessThan(BUFFER);
                assertThat(stream.hasEnded()).isFalse();
            }
        } finally {
            nginx.destroy();
            Processes.awaitEnd(nginx);
        }
    }

    private static boolean answers(URI uri) {
        try (EventStream stream = EventStream.open(URI.create(uri + "?timeout=1ms"))) {
            return stream.status() == 200;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    @Test
    void curlFollows() throws IOException {
        Process curl = new ProcessBuilder(
                        "curl", "-sN", service.uri(STREAM + "?timeout=4s").toString())
                .start();
        Waiting.until("follows", () -> service.inFlight() > 0);
        assertThat(api.invalidateUser("through-curl")).startsWith("200");

        String printed = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(Processes.awaitEnd(curl)).isZero();
        assertThat(printed)
                .startsWith("retry: ")
                .contains("event: mark\ndata: {", "\"username\":\"through-curl\"", "event: heartbeat\n")
                .endsWith("\n\n");
    }

    /** The stream ends each second, and the client comes back by itself. */
    @Test
    void eventSourceOfNodeComesBackByItselfAndMissesNothing() throws IOException {
        NodeScript script = NodeScript.of(FeedThroughProxiesTest.class, "event-source.mjs");
        int many = 40;
        Thread revoking = new Thread(() -> {
            Waiting.until("follows", () -> service.inFlight() > 0);
            for (int i = 0; i < many; i++) {
                int next = i;
                api.invalidateUser("source-" + next);
                Waiting.until("a little later", new Countdown(20)::isOver);
            }
        });
        revoking.start();

        String printed = script.run(service.uri(STREAM + "?timeout=1s").toString(), "source-" + (many - 1));

        assertThat(printed.lines().filter(line -> line.startsWith("mark source-")))
                .as(printed)
                .containsExactlyElementsOf(List.of(users(many)));
        assertThat(printed.lines().filter(line -> line.equals("open")).count()).isGreaterThan(1);
    }

    private static String[] users(int many) {
        String[] users = new String[many];
        for (int i = 0; i < many; i++) {
            users[i] = "mark source-" + i;
        }
        return users;
    }

    /** So many looks. */
    private static final class Countdown {
        private int left;

        Countdown(int looks) {
            left = looks;
        }

        boolean isOver() {
            return left-- <= 0;
        }
    }
}
