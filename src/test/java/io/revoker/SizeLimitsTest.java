package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RawConnection;
import io.revoker.testing.RawConnection.Answer;
import io.revoker.testing.RunningService;
import io.revoker.testing.StreamAnswer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SizeLimitsTest {
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(
                "--http.max-initial-line=1KiB",
                "--http.max-header-size=2KiB",
                "--http.max-body-size=512",
                "--check.max-body-size=512",
                "--http.max-line-size=256");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void answers414ToAnOverlongRequestLine() {
        try (RawConnection connection = service.connect()) {
            Answer answer = connection.exchange(Requests.get("/v1/check?" + "x".repeat(1100)));
            assertThat(answer.status()).isEqualTo(414);
            assertThat(answer.body()).contains("\"detail\":\"request line: longer than ");
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void answersARequestLineWithinTheBound() {
        try (RawConnection connection = service.connect()) {
            assertThat(connection
                            .exchange(Requests.get("/v1/check?" + "x".repeat(900)))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void answers431ToTooManyHeaders() {
        try (RawConnection connection = service.connect()) {
            String request = "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(2100) + "\r\n\r\n";
            Answer answer = connection.exchange(request);
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).contains("\"detail\":\"headers: longer than ");
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                Arguments.of("POST", Requests.TOKENS, Requests.JSON),
                Arguments.of("POST", Requests.CHECKS, Requests.JSON),
                Arguments.of("POST", Requests.INTROSPECT, Requests.FORM),
                Arguments.of("POST", Requests.INVALIDATE, Requests.JSON),
                Arguments.of("DELETE", Requests.INVALIDATE, Requests.JSON),
                Arguments.of("DELETE", "/_xpack/security/oauth2/token", Requests.JSON));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void answers413ToABiggerBody(String method, String path, String type) {
        try (RawConnection connection = service.connect()) {
            assertTooLarge(path, connection.exchange(Requests.body(method, path, type, "x".repeat(600))));
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void answers413ToABiggerBodyOfUnknownLength(String method, String path, String type) {
        try (RawConnection connection = service.connect()) {
            assertTooLarge(path, connection.exchange(Requests.chunked(method, path, type, "x".repeat(600))));
        }
    }

    private static void assertTooLarge(String path, Answer answer) {
        String setting = path.equals(Requests.CHECKS) ? "check.max-body-size" : "http.max-body-size";
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("body: longer than 512 (" + setting + ")");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void readsABodyOfTheLargestSize(String method, String path, String type) {
        try (RawConnection connection = service.connect()) {
            Answer answer = connection.exchange(Requests.chunked(method, path, type, "x".repeat(512)));
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void endsAStreamAtAnOverlongLine() {
        String lines =
                Requests.registration("line-1") + "\n" + "x".repeat(300) + "\n" + Requests.registration("line-3");
        assertThat(statuses(lines)).containsExactly("201", "413");
        try (RawConnection connection = service.connect()) {
            assertThat(connection
                            .exchange(Requests.body("POST", Requests.TOKENS, Requests.NDJSON, lines))
                            .body())
                    .contains(
                            "\"detail\":\"line: longer than 256 (http.max-line-size)\"",
                            "\"reason\":\"line: longer than 256 (http.max-line-size)\"");
        }
    }

    @Test
    void endsAStreamAtAnOverlongLineThatHasNoEnd() {
        assertThat(statuses(Requests.registration("line-4") + "\n" + "x".repeat(2000)))
                .containsExactly("201", "413");
    }

    @Test
    void endsAStreamOfRevocationsAtAnOverlongLineOnly() {
        String line = "{\"token\":\"x\"}\n";
        assertThat(statuses(Requests.REVOCATIONS, line.repeat(10) + "x".repeat(300) + "\n" + line))
                .containsExactly("404", "404", "404", "404", "404", "404", "404", "404", "404", "404", "413");
    }

    private static Stream<String> statuses(String lines) {
        return statuses(Requests.TOKENS, lines);
    }

    private static Stream<String> statuses(String path, String lines) {
        try (RawConnection connection = service.connect()) {
            String body = connection
                    .exchange(Requests.body("POST", path, Requests.NDJSON, lines))
                    .body();
            return StreamAnswer.of(body).results().stream()
                    .map(line -> line.replaceAll(".*?\"status\":(\\d+).*", "$1"));
        }
    }
}
