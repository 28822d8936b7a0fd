package io.revoker.http.feed;

import static io.revoker.testing.ClientFiles.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Browser;
import io.revoker.testing.Cable;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The EventSource of a real browser follows the revocations. It can't send {@code Authorization}: a proxy of the page's
 * own origin adds it, or the browser knows the credentials of that origin.
 */
@NeedsTools
class EventSourceTest {
    private static final String STREAM = "/v1/revocations/stream";
    private static final String FEEDER = "dashboard";

    /** Keeps what comes in {@code window}. */
    private static final String FOLLOW = """
            window.users = [];
            window.opened = 0;
            window.source = new EventSource(arguments[0]);
            source.onopen = () => opened++;
            source.addEventListener('mark', event => {
              users.push(JSON.parse(event.data).target.username);
              window.last = event.lastEventId;
            });
            """;

    private final RunningService service = RunningService.start("--clients.file=" + clients());
    private final Path directory = Gateway.directory();
    private final int port = RedisProcess.freePort();
    private final Cable toNginx = Cable.to(service.vertx(), port);
    private final Cable toService = Cable.to(service.vertx(), service.port());
    private Process nginx;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(directory.resolve("index.html"), "<!doctype html><title>page</title>");
        Files.writeString(directory.resolve("nginx.conf"), """
                events {}
                http {
                  log_format resumed '$status <$http_last_event_id>';
                  access_log %1$s/access.log resumed;
                  types { text/html html; }
                  server {
                    listen 127.0.0.1:%2$d;
                    root %1$s;
                    location /v1/ {
                      proxy_pass %3$s;
                      proxy_set_header Authorization "Basic %4$s";
                    }
                  }
                }
                """.formatted(
                        directory, port, toService.uri(), Call.base64(FEEDER + ':' + SECRET)));
        nginx = new ProcessBuilder(
                        "nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off; pid nginx.pid; error_log error.log;")
                .directory(directory.toFile())
                .start();
        Waiting.until("nginx listens", this::answers);
        browser = Browser.open();
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
        nginx.destroy();
        Processes.awaitEnd(nginx);
        service.close();
    }

    private static Path clients() {
        try {
            return Files.writeString(
                    RedisServers.directory().resolve("clients.yaml"),
                    ClientFiles.text() + ClientFiles.another(FEEDER, "[feed]"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean answers() {
        try {
            return Call.of("GET", URI.create("http://127.0.0.1:" + port + "/"))
                            .send()
                            .status()
                    == 200;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    @Test
    void comesBackAfterACutByItselfAndMissesNothing() throws IOException {
        browser.driver().get(toNginx.uri() + "/index.html");
        browser.run(FOLLOW, STREAM);
        awaitOpened(1);
        revoke(0, 3);
        awaitUsers(0, 3);

        toNginx.cut();
        revoke(3, 6);
        toNginx.mend();
        awaitOpened(2);
        revoke(6, 9);

        awaitUsers(0, 9);
        assertThat(Files.readString(directory.resolve("access.log"))).contains("200 <->\n");
        browser.run("source.close()");
        Waiting.until("nginx has written which event it came back with", this::hasResumed);
    }

    /** By the standard an EventSource gives up on any answer but 200: a page has to begin a new one. */
    @Test
    void givesUpOnAnErrorAndGoesOnWithTheLastEventInTheQuery() {
        browser.driver().get(toNginx.uri() + "/index.html");
        browser.run(FOLLOW, STREAM);
        awaitOpened(1);
        revoke(0, 3);
        awaitUsers(0, 3);

        toService.cut();
        Waiting.until(
                "it has given up", () -> browser.run("return source.readyState").equals(2L));
        toService.mend();
        revoke(3, 6);
        browser.run(FOLLOW, STREAM + "?last_event_id=" + browser.run("return last"));

        awaitUsers(3, 6);
    }

    /** It sends to the address of the service what it has for that origin, as for any other request. */
    @Test
    void aPageOfTheServiceItselfFollowsWithTheCredentialsThatTheBrowserHas() {
        browser.driver()
                .get("http://" + FEEDER + ':' + SECRET.replace(" ", "%20") + "@127.0.0.1:" + service.port()
                        + "/v1/revocations/snapshot");
        browser.run(FOLLOW, STREAM);
        awaitOpened(1);

        revoke(0, 1);

        awaitUsers(0, 1);
    }

    @Test
    void aPageOfAnotherOriginGetsNothing() {
        browser.driver().get(toNginx.uri() + "/index.html");
        browser.run(FOLLOW, "http://127.0.0.1:" + port + STREAM);

        Waiting.until(
                "it has given up", () -> browser.run("return source.readyState").equals(2L));

        assertThat(browser.run("return opened")).isEqualTo(0L);
        assertThat(browser.errors()).anyMatch(error -> error.contains("CORS policy"));
    }

    private boolean hasResumed() {
        try {
            return Files.readAllLines(directory.resolve("access.log")).stream()
                    .anyMatch(line -> line.matches("200 <[0-9]{16}>"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitOpened(int times) {
        Waiting.until(
                () -> "opened " + times + " times: " + browser.errors(),
                Waiting.PATIENCE,
                () -> (Long) browser.run("return opened") >= times);
    }

    /** Exactly these, in their order. */
    private void awaitUsers(int from, int to) {
        Waiting.until(() -> (to - from) + " users: " + users(), Waiting.PATIENCE, () -> users().size() >= to - from);
        assertThat(users().toString())
                .isEqualTo(IntStream.range(from, to)
                        .mapToObj(i -> "user-" + i)
                        .toList()
                        .toString());
    }

    private List<?> users() {
        return (List<?>) browser.run("return users");
    }

    private void revoke(int from, int to) {
        for (int i = from; i < to; i++) {
            Reply reply = service.call("DELETE", "/_security/oauth2/token")
                    .basic(ClientFiles.OPS, SECRET)
                    .json("{\"username\":\"user-" + i + "\"}")
                    .send();
            assertThat(reply.status()).isEqualTo(200);
        }
    }
}
