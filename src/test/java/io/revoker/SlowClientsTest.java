package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.revoker.testing.StreamAnswer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that does nothing, or very slowly, is closed in bounded time. */
class SlowClientsTest {
    private static final byte[] DRIP = {'x'};
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final int LARGE_ANSWERS = 60;

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(
                "--http.header-timeout=300ms", "--http.idle-timeout=2s", "--http.request-timeout=400ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "PRI * HT",
                "GET /v1/check HTTP/1.1\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nX: "
            })
    void closesAConnectionThatSendsNoCompleteHead(String start) {
        try (RawConnection connection = service.connect().send(start)) {
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void closesAConnectionThatDripsItsFirstHead() {
        try (RawConnection connection = service.connect().send("GET /v1/check HTTP/1.1\r\nHost: localhost\r\nX: ")) {
            assertThat(dripUntilClosed(connection)).isTrue();
        }
    }

    @Test
    void closesAConnectionThatDripsItsFirstRequestLine() {
        try (RawConnection connection = service.connect().send("GET /")) {
            assertThat(dripUntilClosed(connection)).isTrue();
        }
    }

    @Test
    void closesAConnectionThatDripsItsSecondHead() {
        try (RawConnection connection = service.connect()) {
            assertThat(connection.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
            connection.send("GET /v1/check HTTP/1.1\r\nHost: localhost\r\nX: ");
            assertThat(dripUntilClosed(connection)).isTrue();
        }
    }

    @Test
    void closesAConnectionThatDripsABody() {
        String head = Requests.head("POST", Requests.TOKENS, Requests.JSON, "Content-Length: 10000");
        try (RawConnection connection = service.connect().send(head)) {
            assertThat(dripUntilClosed(connection)).isTrue();
        }
        until("no request in flight", () -> service.inFlight() == 0);
    }

    @Test
    void closesAConnectionAfterAnUpgradeThatIsIgnored() {
        String upgrade = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n";
        try (RawConnection connection = service.connect()) {
            assertThat(connection.exchange(upgrade).status()).isEqualTo(200);
            assertThat(dripUntilClosed(connection)).isTrue();
        }
    }

    @Test
    void closesAnIdleConnection() {
        try (RawConnection connection = service.connect()) {
            assertThat(connection.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void closesAConnectionThatDoesNotReadItsAnswers() {
        RawConnection connection = notReading();
        until("closed", () -> service.connections() == 0);
        connection.close();
    }

    @Test
    void closesAConnectionThatDripsAndDoesNotReadItsAnswers() {
        try (RawConnection connection = notReading()) {
            assertThat(dripUntilClosed(connection)).isTrue();
        }
    }

    /** Has asked for more than all buffers of the operating system hold. */
    private static RawConnection notReading() {
        return RawConnection.to(service.port())
                .receiving(4096)
                .send(Requests.get("/openapi.yaml").repeat(LARGE_ANSWERS));
    }

    @Test
    void closesAnNdjsonStreamThatIsSilent() {
        String head = Requests.head("POST", Requests.TOKENS, Requests.NDJSON, "Content-Length: 10000");
        try (RawConnection connection = service.connect().send(head)) {
            assertThat(connection.readToEnd()).doesNotContain("\"status\":5");
        }
        until("no request in flight", () -> service.inFlight() == 0);
    }

    @Test
    void letsAnNdjsonStreamTakeItsTime() {
        String line = Requests.registration("slow") + " \n";
        String head = Requests.head("POST", Requests.TOKENS, Requests.NDJSON, "Content-Length: " + 60 * line.length());
        try (RawConnection connection = service.connect().send(head)) {
            for (int i = 0; i < 60; i++) {
                connection.send(line);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            assertThat(StreamAnswer.of(connection.read().body()).results()).hasSize(60);
        }
    }

    @AfterEach
    void leavesNoConnectionBehind() {
        until("no connection", () -> service.connections() == 0);
        until("no request in flight", () -> service.inFlight() == 0);
    }

    private static boolean dripUntilClosed(RawConnection connection) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (System.nanoTime() < deadline) {
            if (!connection.offer(DRIP)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return false;
    }
}
