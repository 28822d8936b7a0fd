package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCheckFaultsTest {
    private final RunningService service = RunningService.shared(RedisServers.embedded());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|body: missing (expected: a JSON object)",
                "[]|body: array (expected: a JSON object)",
                "\"s3cret\"|body: string (expected: a JSON object)",
                "{\"tokens\":[\"s3cret|body: not JSON at line 1, column 19",
                "{\"tokens\":[\"s3cret\"]} x|body: not JSON at line 1, column 23",
                "{\"tokens\":[[[[[[[[[[[[[[[[[[[[[[\"s3cret\"|body: nested too deeply (expected: at most 20 levels)",
                "{\"tokens\":[\"x\"],\"tokens\":[\"s3cret\"]}|body: a name twice in one object at line 1, column 25",
                "{\"tokens\":[\"x\"],\"s3cret\":1}|body: an unknown field (expected: token_type_hint, tokens)",
                "{}|tokens: missing (expected: an array of strings)",
                "{\"tokens\":null}|tokens: missing (expected: an array of strings)",
                "{\"tokens\":\"s3cret\"}|tokens: not an array of strings",
                "{\"tokens\":{\"s3cret\":1}}|tokens: not an array of strings",
                "{\"tokens\":[]}|tokens: 0 (expected: 1 to 1000)",
                "{\"tokens\":[\"s3cret\",7]}|tokens[1]: not a string with at least one character",
                "{\"tokens\":[[\"s3cret\"]]}|tokens[0]: not a string with at least one character",
                "{\"tokens\":[\"s3cret\",null]}|tokens[1]: not a string with at least one character",
                "{\"tokens\":[\"s3cret\",\"\"]}|tokens[1]: not a string with at least one character",
                "{\"tokens\":[\"s3cret\\ud800\"]}|tokens[0]: an unpaired surrogate (expected: Unicode text)",
            })
    void saysWhatIsWrongAndRepeatsNoToken(String body, String detail) {
        Reply reply = service.call("POST", "/v1/checks")
                .json(body == null ? "" : body)
                .send();

        assertThat(reply)
                .hasToString("400 {\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\""
                        + detail + "\"}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void refusesMoreTokensThanAreAllowed() {
        String tokens = String.join(",", Collections.nCopies(1001, "\"s3cret\""));

        assertThat(service.call("POST", "/v1/checks")
                        .json("{\"tokens\":[" + tokens + "]}")
                        .send()
                        .json()
                        .required("detail")
                        .textValue())
                .isEqualTo("tokens: 1001 (expected: 1 to 1000)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void takesPostOnly(String method) {
        Reply reply = service.call(method, "/v1/checks").json("{}").send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-ndjson", "application/x-www-form-urlencoded"})
    void takesJsonOnly(String type) {
        Reply reply = service.call("POST", "/v1/checks")
                .header("Content-Type", type)
                .body("{\"tokens\":[\"x\"]}")
                .send();

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().required("detail").textValue()).isEqualTo("Content-Type: expected application/json");
    }

    /** What is refused by its length alone is read over, so that the connection is good for the next request. */
    @Test
    void leavesTheConnectionUsableAfterARefusal() {
        String body = "x".repeat(3 * 1024 * 1024);
        try (RawConnection connection = RawConnection.to(service.port())) {
            connection.send(
                    "POST /v1/checks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body);
            connection.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 413 ").contains("You Know, for Search");
        }
    }
}
