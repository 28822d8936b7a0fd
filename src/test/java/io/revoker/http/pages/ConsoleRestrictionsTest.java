package io.revoker.http.pages;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session is not good for, and whom the console is not shown to. */
class ConsoleRestrictionsTest {
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option(), "--audit.interval=100ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"POST, /v1/tokens", "PUT, /v1/followers/gateway-1", "DELETE, /v1/followers/gateway-1"})
    void registersAndConfirmsNothing(String method, String path) {
        LogIn root = LogIn.of(service, ClientFiles.ROOT);
        Reply reply = root.call(service, method, "/console/api" + path)
                .json("{\"realm_name\":\"a\",\"username\":\"b\",\"mint\":[\"access_token\"]}")
                .send();
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET");
        assertThat(root.get(service, "/v1/tokens?realm_name=a&username=b").status())
                .isEqualTo(200);
        assertThat(root.get(service, "/v1/followers").status()).isEqualTo(200);
    }

    @Test
    void takesNoStream() {
        LogIn root = LogIn.of(service, ClientFiles.ROOT);
        Reply reply = root.call(service, "POST", "/console/api/v1/revocations")
                .header("Content-Type", "application/x-ndjson; charset=utf-8")
                .body("{\"target\":{\"realm_name\":\"a\",\"username\":\"b\"}}\n")
                .send();
        assertThat(reply.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"Forwarded, for=192.0.2.1", "X-Forwarded-For, 192.0.2.1", "X-Forwarded-Proto, https"})
    void isNotShownThroughAProxyUnlessThatIsSaid(String header, String value) {
        for (String path : new String[] {"/console", "/console/", "/console/session", "/console/api/v1/sweeps"}) {
            assertThat(service.call("GET", path).header(header, value).send().status())
                    .as(path)
                    .isEqualTo(404);
        }
        try (RunningService always = RunningService.start(ClientFiles.option(), "--http.console.served=always")) {
            assertThat(always.call("GET", "/console/")
                            .header(header, value)
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0123456789012345678901234567890123456789012", "*", "%00"})
    void isNothingForAnInventedCookie(String secret) {
        LogIn invented = new LogIn("revoker-console=" + secret);
        assertThat(invented.get(service, "/v1/sweeps").status()).isEqualTo(401);
        assertThat(invented.call(service, "GET", LogIn.PATH).send().body()).isEqualTo("{}");
        assertThat(invented.call(service, "DELETE", LogIn.PATH).send().status()).isEqualTo(204);
    }

    @Test
    void tellsOfRefusedLogIns() {
        LogIn.post(service, ClientFiles.OPS, "wrong");
        until(
                "kept",
                () -> service.call("GET", "/v1/audit?kind=request")
                        .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                        .send()
                        .body()
                        .contains("POST /console/session"));
    }
}
