package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.SpanReceiver;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a whole run of the packaged service: start, work, trouble, end. */
class LogFormatIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String UNREACHABLE = "--tracing.otlp.endpoint=http://127.0.0.1:1/v1/traces";

    @TempDir
    private Path directory;

    private final SpanReceiver receiver = SpanReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void isAnObjectALine() {
        List<JsonNode> lines = run(
                        "--logging.format=json", "--logging.level=debug", UNREACHABLE, "--tracing.otlp.interval=10ms")
                .lines()
                .map(LogFormatIT::object)
                .toList();

        assertThat(lines).hasSizeGreaterThan(4).allSatisfy(line -> {
            assertThat(OffsetDateTime.parse(line.path("timestamp").asText())).isNotNull();
            assertThat(line.path("level").asText()).isIn("DEBUG", "INFO", "WARN", "ERROR");
            assertThat(line.path("logger").asText()).isNotEmpty();
            assertThat(line.path("message").isTextual()).isTrue();
        });
        assertThat(lines).extracting(line -> line.path("message").asText()).contains("stopped");
        assertThat(lines)
                .filteredOn(line -> line.path("logger").asText().startsWith("io.revoker.trace"))
                .as("what is said of the receiver, however often it takes nothing")
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("message").asText()).isEqualTo("spans not exported");
                    assertThat(line.path("failure").asText()).endsWith("java.net.ConnectException");
                });
        assertThat(lines).noneMatch(line -> line.has("stack_trace"));
        assertThat(lines.stream().filter(line -> line.path("message").asText().equals("revocation")))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("caller").asText()).isEqualTo("anonymous");
                    assertThat(line.path("target").asText()).isEqualTo("realm");
                    assertThat(line.path("outcome").asText()).isEqualTo("counted");
                    assertThat(line.path("invalidated").isIntegralNumber()).isTrue();
                    assertThat(line.path("invalidated").asLong()).isEqualTo(1);
                    assertThat(line.path("trace_id").asText()).isEqualTo(TRACE);
                    assertThat(line.path("span_id").asText()).matches("[0-9a-f]{16}");
                });
        assertThat(lines.stream().filter(line -> line.has("trace_id"))).allMatch(line -> line.has("span_id"));
        assertThat(lines.get(0).has("trace_id")).isFalse();
    }

    @Test
    void isTextOtherwise() {
        String output = run(receiver.options());

        assertThat(output.lines().filter(line -> line.contains("revocation caller=")))
                .singleElement()
                .asString()
                .contains(" INFO  InvalidateRoute revocation caller=")
                .matches(
                        ".* target=realm outcome=counted stamp=\\d+ invalidated=1 previously_invalidated=0 errors=0 realm=r"
                                + " trace_id=" + TRACE + " span_id=[0-9a-f]{16}");
        assertThat(output.lines().filter(line -> line.contains("ready on") || line.contains(" Launch stop")))
                .as("lines about no request")
                .hasSize(3)
                .noneMatch(line -> line.contains("trace_id"));
        assertThat(receiver.spans()).as("sent at the end").isNotEmpty();
    }

    @Test
    void namesNoTraceIfNothingIsTraced() {
        assertThat(run()).contains("revocation caller=").doesNotContain("trace_id");
    }

    private String run(String... options) {
        try (JarProcess service = JarProcess.start(directory, options)) {
            service.awaitReady();
            try (RawConnection connection = service.connect()) {
                // The first call of a process on a busy machine may get no answer from Redis in time.
                service.until(
                        "registered",
                        () -> connection
                                        .exchange(Requests.register("r", "u", "t"))
                                        .status()
                                < 300);
                assertThat(connection
                                .exchange(Requests.invalidateRealm("r")
                                        .replaceFirst(
                                                "Host: localhost\r\n",
                                                "Host: localhost\r\ntraceparent: 00-" + TRACE
                                                        + "-00f067aa0ba902b7-01\r\n"))
                                .status())
                        .isEqualTo(200);
            }
            if (List.of(options).contains(UNREACHABLE)) {
                service.until("spans are not taken", () -> service.output().contains("io.revoker.trace"));
            }
            service.signal("TERM");
            assertThat(service.awaitExit()).isZero();
            return service.output();
        }
    }

    private static JsonNode object(String line) {
        try {
            return JsonMapper.builder().build().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
