package io.revoker.http.server;

import static io.revoker.testing.Waiting.get;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.ClientFiles;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that goes on sending after its answer is heard for a bounded number of bytes, and a bounded time. */
class BodyDrainTest {
    private static final int CHUNK = 64 << 10;
    private static final byte[] PIECE = ("10000\r\n" + "x".repeat(CHUNK) + "\r\n").getBytes(ISO_8859_1);

    /** As the manual says. */
    private static final int READ_OVER = (4 << 20) / CHUNK;

    /** The operating system may hold tens of MiB for a connection besides what is read of it. */
    private static final int MOST_CHUNKS = READ_OVER + (60 << 20) / CHUNK;

    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    @ParameterizedTest
    @CsvSource({
        "421, POST /v1/tokens, attacker.example, application/json",
        "413, POST /v1/tokens, localhost, application/json",
        "413, DELETE /_security/oauth2/token, localhost, application/json",
        "404, POST /nowhere, localhost, application/json",
        "405, PUT /v1/tokens, localhost, application/json",
        "415, POST /v1/tokens, localhost, text/plain",
        "200, POST /v1/revocations, localhost, application/x-ndjson",
        "401, POST /v1/check, localhost, text/plain",
    })
    void isReadWithinBounds(int status, String line, String host, String type) {
        assertThatBounded(SERVICE.port(), status, head(line, host, type));
    }

    @ParameterizedTest
    @CsvSource({
        "421, POST /health/live, attacker.example",
        "405, POST /health/live, localhost",
        "404, POST /, localhost"
    })
    void isReadWithinBoundsByTheManagementToo(int status, String line, String host) {
        assertThatBounded(SERVICE.service().managementPort(), status, head(line, host, "text/plain"));
    }

    @Test
    void isReadWithinBoundsOfAnUnknownCaller() {
        try (RunningService own = RunningService.start(ClientFiles.option())) {
            assertThatBounded(own.port(), 401, head("POST /v1/tokens", "localhost", "application/x-ndjson"));
        }
    }

    /** Where the operating system holds hardly more than what is read. */
    @Test
    void isReadAsFarAsTheManualSays() {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = get(vertx.createHttpServer(new HttpServerOptions().setReceiveBufferSize(CHUNK))
                    .requestHandler(new RequestGuard(
                            vertx,
                            UnreadableRequest.withinDefaults(),
                            request -> request.response().setStatusCode(404).end()))
                    .listen(0, "127.0.0.1"));
            try (RawConnection connection =
                    RawConnection.to(server.actualPort()).holding(CHUNK)) {
                assertThat(connection
                                .exchange(head("POST /nowhere", "localhost", "text/plain"))
                                .status())
                        .isEqualTo(404);

                assertThat(sent(connection, READ_OVER * 2)).isBetween(1, READ_OVER + READ_OVER / 4);
            }
        } finally {
            get(vertx.close());
        }
    }

    /** One that sends a byte and then nothing would else have the connection until it is idle for long. */
    @Test
    void isNotWaitedForLong() {
        for (int port : new int[] {SERVICE.port(), SERVICE.service().managementPort()}) {
            try (RawConnection connection = RawConnection.to(port)) {
                connection.send(head("POST /nowhere", "localhost", "text/plain") + "1\r\nx\r\n");

                assertThat(connection.read().status()).isEqualTo(404);
                assertThat(connection.readToEnd()).isEmpty();
            }
        }
    }

    @Test
    void leavesTheConnectionUsableIfItEnds() {
        for (int port : new int[] {SERVICE.port(), SERVICE.service().managementPort()}) {
            try (RawConnection connection = RawConnection.to(port)) {
                String request = head("POST /nowhere", "localhost", "text/plain");
                assertThat(connection.send(request).read().status()).isEqualTo(404);
                connection.send("1\r\nx\r\n0\r\n\r\n");

                assertThat(connection.exchange(request + "0\r\n\r\n").status()).isEqualTo(404);
            }
        }
    }

    /** The server resets a stream that it has answered, so that the client stops; the connection stays. */
    @Test
    void endsTheStreamOfHttp2() {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            HttpClientRequest request = get(client.request(HttpMethod.POST, SERVICE.port(), "localhost", "/nowhere"));
            Promise<Throwable> stopped = Promise.promise();
            request.exceptionHandler(stopped::tryComplete).setChunked(true);
            get(request.sendHead());

            assertThat(get(request.response()).statusCode()).isEqualTo(404);
            assertThat(get(stopped.future()))
                    .isInstanceOfSatisfying(
                            StreamResetException.class,
                            reset -> assertThat(reset.getCode()).isZero());
            get(client.close());
        } finally {
            get(vertx.close());
        }
    }

    private static String head(String line, String host, String type) {
        return line + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: " + type
                + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    private static void assertThatBounded(int port, int status, String head) {
        try (RawConnection connection = RawConnection.to(port)) {
            connection.send(head).offer(PIECE);
            connection.offer(PIECE);
            assertThat(connection.read().status()).isEqualTo(status);

            assertThat(sent(connection, MOST_CHUNKS + 1)).isBetween(1, MOST_CHUNKS);
        }
    }

    /** How many pieces the connection takes. */
    private static int sent(RawConnection connection, int most) {
        int sent = 0;
        while (sent < most && connection.offer(PIECE)) {
            sent++;
        }
        return sent;
    }
}
