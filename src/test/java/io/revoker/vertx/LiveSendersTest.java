package io.revoker.vertx;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.http.HttpClientRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that go on sending when their token is dead: the application hears nothing more of them. */
class LiveSendersTest {
    private static RunningService service;
    private static Api api;
    private static LiveApplication application;

    private String token;
    private int before;

    @BeforeAll
    static void start() {
        service = RunningService.start();
        api = new Api(service);
        application = LiveApplication.at(service.uri(""));
    }

    @AfterAll
    static void stop() {
        application.close();
        service.close();
    }

    @BeforeEach
    void open() {
        token = api.access("corp", "joe");
        before = application.heard();
        application.know(token, Instant.now().minusSeconds(600));
    }

    private void awaitHeard() {
        until("it is heard", () -> application.heard() == before + 1);
    }

    private void revoke() {
        assertThat(api.invalidateAccess(token)).startsWith("200 1,");
    }

    @Test
    void aWebSocketWhoseClientDoesNotCloseItsSide() {
        try (StubbornSocket socket = StubbornSocket.open(application.port(), token)) {
            socket.say("before");
            awaitHeard();

            revoke();
            socket.awaitClose();

            socket.say("after");
            socket.awaitEnd();
            assertThat(application.heard()).isEqualTo(before + 1);
        }
    }

    @Test
    void anUpload() {
        try (RawConnection upload = RawConnection.to(application.port(), Waiting.PATIENCE)) {
            upload.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer "
                    + token + "\r\n\r\n3\r\none\r\n");
            awaitHeard();

            revoke();

            assertThat(upload.read().status()).isEqualTo(401);
            upload.offer("3\r\ntwo\r\n".getBytes(StandardCharsets.US_ASCII));
            upload.readToEnd();
            assertThat(application.heard()).isEqualTo(before + 1);
        }
    }

    @Test
    void anUploadByHttp2() {
        try (LiveClient client = new LiveClient(application.port())) {
            HttpClientRequest upload = get(client.upload(token));
            CompletableFuture<Throwable> reset = new CompletableFuture<>();
            upload.exceptionHandler(reset::complete);
            upload.write("one").onFailure(reset::complete);
            awaitHeard();

            revoke();

            assertThat(get(upload.response()).statusCode()).isEqualTo(401);
            until("it is reset", () -> {
                upload.write("two").onFailure(reset::complete);
                return reset.isDone();
            });
            assertThat(application.heard()).isEqualTo(before + 1);
        }
    }
}
