package io.revoker.http.pages;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of the console: who has one may do what its client may, and only there. */
class SessionTest {
    private static RunningService service;
    private static RunningService another;

    @BeforeAll
    static void start() {
        String prefix = "--redis.prefix=" + Api.fresh("sessions");
        service = RunningService.start(ClientFiles.option(), prefix);
        another = RunningService.start(ClientFiles.option(), prefix);
    }

    @AfterAll
    static void stop() {
        another.close();
        service.close();
    }

    @Test
    void begins() {
        Reply reply = LogIn.post(service, ClientFiles.CORP, ClientFiles.SECRET);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Set-Cookie"))
                .startsWith("revoker-console=")
                .contains("HTTPOnly", "SameSite=Strict", "Max-Age=")
                .doesNotContain("Secure", "Path", "Domain");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.json().path("caller").asText()).isEqualTo(ClientFiles.CORP);
        assertThat(reply.json().path("privileges").toString())
                .isEqualTo("[\"invalidate\",\"register\",\"check\",\"feed\",\"audit\"]");
        assertThat(reply.json().path("realms").toString()).isEqualTo("[\"corp\"]");
        assertThat(Instant.parse(reply.json().path("until").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(7)));
    }

    @Test
    void hasACookieForTlsOnlyIfTheBrowserUsesIt() {
        String origin = "https://127.0.0.1:" + service.port();
        Reply reply = LogIn.begin(service, ClientFiles.OPS, ClientFiles.SECRET)
                .header("Origin", origin)
                .send();
        assertThat(reply.header("Set-Cookie"))
                .startsWith("__Secure-revoker-console=")
                .contains("Secure");
        LogIn session = new LogIn(reply.header("Set-Cookie").split(";", 2)[0]);
        assertThat(session.get(service, "/v1/sweeps").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"ops, wrong", "nobody, wrong"})
    void doesNotBeginWithoutTheSecretAndAsksNoBrowserForIt(String client, String secret) {
        Reply reply = LogIn.post(service, client, secret);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("Set-Cookie") + reply.header("WWW-Authenticate"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"client\":1,\"secret\":\"x\"}", "{\"client\":\"ops\"}", "nonsense"})
    void doesNotBeginWithAnotherDocument(String body) {
        assertThat(service.call("POST", LogIn.PATH)
                        .header(LogIn.MARK, "1")
                        .json(body)
                        .send()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void standsForItsClientAtTheConsole() {
        LogIn ops = LogIn.of(service, ClientFiles.OPS);
        assertThat(ops.get(service, "/v1/sweeps").status()).isEqualTo(200);
        assertThat(ops.get(another, "/v1/sweeps").status()).isEqualTo(200);
        assertThat(ops.get(service, "/v1/followers").status()).isEqualTo(403);
        LogIn gateway = LogIn.of(service, ClientFiles.GATEWAY);
        assertThat(gateway.get(service, "/v1/sweeps").status()).isEqualTo(403);
        assertThat(ops.get(service, "/figures").status()).isEqualTo(200);
        assertThat(LogIn.of(service, ClientFiles.CORP).get(service, "/figures").status())
                .isEqualTo(403);
    }

    @Test
    void isAskedForWithoutALogInOfTheBrowsersOwn() {
        Reply reply = service.call("GET", "/console/api/v1/sweeps").send();
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Session realm=\"revoker\"");
        assertThat(service.call("GET", LogIn.PATH).send().body()).isEqualTo("{}");
    }

    @Test
    void isWorthNothingAnywhereElse() {
        LogIn root = LogIn.of(service, ClientFiles.ROOT);
        for (String path :
                new String[] {"/v1/sweeps", "/v1/locks", "/v1/followers", "/v1/tokens?realm_name=a&username=b"}) {
            assertThat(root.call(service, "GET", path).send().status()).as(path).isEqualTo(401);
        }
        assertThat(root.call(service, "POST", "/oauth2/introspect")
                        .form("token=x")
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(root.call(service, "GET", "/v1/check")
                        .header("Revoker-Authorization", "Basic " + Call.base64("gateway:" + ClientFiles.SECRET))
                        .bearer(root.secret())
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(ClientFiles.isActive(service, "%00console%00" + root.secret()))
                .isFalse();
        assertThat(ClientFiles.isActive(service, root.secret())).isFalse();
        for (String path : new String[] {"/v1/check", "/v1/checks", "/oauth2/introspect", "/oauth2/revoke"}) {
            assertThat(root.get(service, path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void endsEverywhereWithTheLogOut() {
        LogIn ops = LogIn.of(service, ClientFiles.OPS);
        assertThat(ops.get(another, "/v1/sweeps").status()).isEqualTo(200);
        Reply out = ops.call(service, "DELETE", LogIn.PATH).send();
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie")).startsWith("revoker-console=;").contains("Max-Age=0");
        assertThat(ops.get(another, "/v1/sweeps").status()).isEqualTo(401);
        assertThat(ops.get(service, "/v1/sweeps").status()).isEqualTo(401);
    }

    @Test
    void endsWhenItsBrowserLogsInAgain() {
        LogIn ops = LogIn.of(service, ClientFiles.OPS);
        Reply again = LogIn.begin(service, ClientFiles.ROOT, ClientFiles.SECRET)
                .header("Cookie", ops.cookie())
                .send();
        assertThat(again.status()).isEqualTo(200);
        assertThat(ops.get(service, "/v1/sweeps").status()).isEqualTo(401);
        assertThat(again.header("Set-Cookie")).contains("Max-Age=28800");
    }

    @Test
    void endsWithAllTokensOfItsClient() {
        LogIn ops = LogIn.of(service, ClientFiles.OPS);
        LogIn root = LogIn.of(service, ClientFiles.ROOT);
        Reply revoked = root.call(service, "POST", "/console/api/v1/revocations")
                .json("{\"target\":{\"realm_name\":\"revoker-console\",\"username\":\"ops\"}}")
                .send();
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(ops.get(service, "/v1/sweeps").status()).isEqualTo(401);
        assertThat(root.get(service, "/v1/sweeps").status()).isEqualTo(200);
    }

    @Test
    void endsWhenTheSecretOfItsClientChanges(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("clients.yaml"), ClientFiles.text());
        try (RunningService reading = RunningService.reading("--clients.file=" + file, "--reload.interval=100ms")) {
            LogIn ops = LogIn.of(reading, ClientFiles.OPS);
            LogIn root = LogIn.of(reading, ClientFiles.ROOT);
            assertThat(ops.get(reading, "/v1/sweeps").status()).isEqualTo(200);
            Files.writeString(
                    file,
                    ClientFiles.text()
                            .replaceFirst("(id: ops\\n    secret: )\"[^\"]*\"", "$1\"sha256:" + "0".repeat(64) + "\""));
            until("ended", () -> ops.get(reading, "/v1/sweeps").status() == 401);
            assertThat(root.get(reading, "/v1/sweeps").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void isNotForOtherPages(String header, String value) {
        LogIn root = LogIn.of(service, ClientFiles.ROOT);
        assertThat(root.call(service, "GET", "/console/api/v1/sweeps")
                        .header(header, value)
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(root.call(service, "DELETE", LogIn.PATH)
                        .header(header, value)
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(LogIn.begin(service, ClientFiles.OPS, ClientFiles.SECRET)
                        .header(header, value)
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void isNotForFormsWhichCanNotHaveItsHeader() {
        LogIn root = LogIn.of(service, ClientFiles.ROOT);
        assertThat(service.call("POST", "/console/api/v1/revocations")
                        .header("Cookie", root.cookie())
                        .json("{\"target\":{\"realm_name\":\"corp\"}}")
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void isNotNeededWhereEverybodyMayDoEverything() {
        try (RunningService open = RunningService.start()) {
            assertThat(open.call("GET", LogIn.PATH).send().json().path("caller").asText())
                    .isEqualTo("anonymous");
            assertThat(open.call("GET", "/console/api/v1/sweeps").send().status())
                    .isEqualTo(200);
            Reply reply = LogIn.post(open, "any", "thing");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Set-Cookie")).isEmpty();
        }
    }
}
