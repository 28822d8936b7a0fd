package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.Processes;
import io.revoker.testing.RawConnection;
import io.revoker.testing.StreamAnswer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The usual end: what is under way is finished, and nothing is left running. */
class EndIT {
    private static final String LINES = Requests.registration("late-1") + "\n" + Requests.registration("late-2");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void finishesWhatIsUnderWay(String signal) throws IOException {
        try (JarProcess service = JarProcess.start(directory, "--http.drain-timeout=30s", "--redis.call-timeout=20s")) {
            service.awaitReady();
            ProcessHandle redis = service.redis().get(0);
            assertThat(session(redis.pid())).isNotEqualTo(session(service.pid()));
            try (RawConnection invalidation = service.connect();
                    RawConnection stream = service.connect();
                    RawConnection idle = service.connect()) {
                assertThat(invalidation.exchange(Requests.register("doomed")).status())
                        .isEqualTo(201);
                assertThat(idle.exchange(Requests.check("doomed")).status()).isEqualTo(200);
                stream.send(
                        Requests.head("POST", Requests.TOKENS, Requests.NDJSON, "Content-Length: " + LINES.length()));
                stream.send(LINES.substring(0, 90));
                Processes.signal("STOP", redis);
                invalidation.send(Requests.invalidate("doomed"));
                toGroup(signal, service.pid());
                service.until("stopping", () -> service.output().contains("stopping"));
                service.until("readiness is off", () -> readiness(service) == 503);
                Processes.signal("CONT", redis);
                assertThat(invalidation.read().status()).isEqualTo(200);
                assertThat(StreamAnswer.of(stream.exchange(LINES.substring(90)).body())
                                .results())
                        .hasSize(2);
            }
            assertThat(service.awaitExit()).isZero();
            assertThat(redis.info().command())
                    .as("the program of its Redis, reaped or not")
                    .isEmpty();
            assertThat(service.redis()).isEmpty();
            assertThat(service.output()).endsWith("stopped\n").doesNotContain("ERROR");
        }
    }

    private static int readiness(JarProcess service) {
        try (RawConnection management = RawConnection.to(service.managementPort())) {
            return management.exchange(Requests.get("/health/ready")).status();
        }
    }

    /** As a terminal does it. */
    private static void toGroup(String signal, long group) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + signal, "--", "-" + group).start();
        assertThat(Processes.awaitEnd(kill)).isZero();
    }

    private static String session(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "sid=", "-p", Long.toString(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip();
    }
}
