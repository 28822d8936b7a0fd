package io.revoker;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The receiver of spans is nothing that the service needs. */
class TraceEndTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void makesNoTracerAndNoThreadWithoutAReceiver() {
        Set<Thread> before = exporters();
        try (RunningService service = RunningService.start()) {
            assertThat(((VertxInternal) service.vertx()).tracer()).isNull();
            assertThat(before).containsAll(exporters());
        }
        try (RunningService traced = RunningService.start("--tracing.otlp.endpoint=http://127.0.0.1:1/v1/traces")) {
            assertThat(((VertxInternal) traced.vertx()).tracer()).isNotNull();
            assertThat(exporters()).anyMatch(thread -> !before.contains(thread));
        }
    }

    @Test
    void worksAndEndsWithoutItsReceiver() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        worksAndEnds(port);
    }

    /** One that takes connections, and never answers. */
    @Test
    void worksAndEndsInTimeWithAReceiverThatStandsStill() {
        NetServer silent =
                get(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        worksAndEnds(silent.actualPort());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 503})
    void worksAndEndsWithAReceiverThatRefuses(int status) {
        var refusing = get(vertx.createHttpServer()
                .requestHandler(request ->
                        request.response().setStatusCode(status).end().onFailure(gone -> {}))
                .listen(0, "127.0.0.1"));
        worksAndEnds(refusing.actualPort());
    }

    @Test
    void saysThatNothingIsTakenAndThatItIsAgain() {
        AtomicInteger status = new AtomicInteger(400);
        HttpServer moody = get(vertx.createHttpServer()
                .requestHandler(request ->
                        request.response().setStatusCode(status.get()).end().onFailure(gone -> {}))
                .listen(0, "127.0.0.1"));
        try (LogCapture log = LogCapture.open(Level.INFO);
                RunningService service = RunningService.start(
                        "--tracing.otlp.endpoint=http://127.0.0.1:" + moody.actualPort() + "/v1/traces",
                        "--tracing.otlp.interval=10ms");
                RawConnection connection = service.connect()) {
            tellsAfterAnother(connection, log, "spans not exported failure=refused by the receiver");
            status.set(200);
            tellsAfterAnother(connection, log, "spans exported again lost_at_sending=");
        }
    }

    private static void tellsAfterAnother(RawConnection connection, LogCapture log, String line) {
        until(line, () -> {
            connection.exchange(Requests.check("t"));
            return log.lines().stream().anyMatch(told -> told.contains(line));
        });
    }

    /** The queue is full after two spans: every request is answered all the same, and the service ends in time. */
    private static void worksAndEnds(int port) {
        RunningService service = RunningService.start(
                "--tracing.otlp.endpoint=http://127.0.0.1:" + port + "/v1/traces",
                "--tracing.otlp.interval=10ms",
                "--tracing.otlp.timeout=1s",
                "--tracing.otlp.queue-size=2",
                "--tracing.otlp.batch-size=2");
        try (RawConnection connection = service.connect()) {
            for (int i = 0; i < 50; i++) {
                assertThat(connection.exchange(Requests.register("t" + i)).status())
                        .isEqualTo(201);
            }
        }
        get(service.stop());
    }

    /** Those of other tests may need a moment to end. */
    private static Set<Thread> exporters() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("BatchSpanProcessor"))
                .collect(Collectors.toSet());
    }
}
