package io.revoker;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.OwnRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.revoker.testing.StreamAnswer;
import io.vertx.core.Future;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    private static final String BODY = Requests.registration("drained");
    private static final String HEAD =
            Requests.head("POST", Requests.TOKENS, Requests.JSON, "Content-Length: " + BODY.length());

    @Test
    void finishesTheRequestInFlightAndTurnsReadinessOffFirst() {
        RunningService service = RunningService.start("--http.drain-timeout=10s");
        try (RawConnection busy = service.connect().send(HEAD)) {
            until("in flight", () -> service.inFlight() == 1);
            Future<Void> stopped = service.stop();
            assertThat(service.readiness().status()).isEqualTo(503);
            assertThat(busy.exchange(BODY).status()).isEqualTo(201);
            assertThat(busy.readToEnd()).isEmpty();
            get(stopped);
        }
    }

    @Test
    void answersTheCheckInFlightAndAsksItsClientToLeave(@TempDir Path directory) {
        try (OwnRedis redis = OwnRedis.start(directory)) {
            RunningService service =
                    RunningService.on(redis.url(), "--http.drain-timeout=10s", "--redis.call-timeout=10s");
            try (RawConnection busy = service.connect()) {
                redis.freeze();
                busy.send(Requests.check("nobody"));
                until("in flight", () -> service.inFlight() == 1);
                Future<Void> stopped = service.stop();
                redis.thaw();
                assertThat(busy.read().status()).isEqualTo(401);
                assertThat(busy.readToEnd()).isEmpty();
                get(stopped);
                assertThat(service.inFlight()).isZero();
            }
        }
    }

    @Test
    void answersOnAlthoughNotReadyForTheDrainDelay() {
        RunningService service = RunningService.start("--http.drain-delay=3s");
        try (RawConnection before = service.connect()) {
            before.exchange(Requests.get("/v1/check"));
            Future<Void> stopped = service.stop();
            assertThat(service.readiness().status()).isEqualTo(503);
            try (RawConnection late = service.connect()) {
                RawConnection.Answer answer = late.exchange(Requests.get("/v1/check"));
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.headers()).containsEntry("connection", "close");
            }
            get(stopped);
            assertThat(before.readToEnd()).isEmpty();
        }
    }

    @Test
    void finishesAnNdjsonStream() {
        RunningService service = RunningService.start("--http.drain-timeout=10s");
        String lines = Requests.registration("drained-1") + "\n" + Requests.registration("drained-2");
        String head = Requests.head("POST", Requests.TOKENS, Requests.NDJSON, "Content-Length: " + lines.length());
        try (RawConnection busy = service.connect().send(head).send(lines.substring(0, 90))) {
            until("in flight", () -> service.inFlight() == 1);
            Future<Void> stopped = service.stop();
            assertThat(StreamAnswer.of(busy.exchange(lines.substring(90)).body())
                            .results())
                    .hasSize(2);
            get(stopped);
        }
    }

    @Test
    void doesNotWaitForIdleConnections() {
        RunningService service = RunningService.start("--http.drain-timeout=10m");
        try (RawConnection idle = service.connect();
                RawConnection silent = service.connect()) {
            assertThat(idle.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
            get(service.stop());
            assertThat(idle.readToEnd()).isEmpty();
            assertThat(silent.readToEnd()).isEmpty();
        }
    }

    @Test
    void endsAtTheDrainTimeoutWhatDoesNotFinish() {
        RunningService service = RunningService.start("--http.drain-timeout=300ms");
        try (RawConnection stuck = service.connect().send(HEAD)) {
            until("in flight", () -> service.inFlight() == 1);
            get(service.stop());
            assertThat(stuck.readToEnd()).isEmpty();
        }
    }
}
