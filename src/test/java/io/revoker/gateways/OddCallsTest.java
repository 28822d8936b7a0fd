package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.health.v1.HealthCheckResponse;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls by gRPC that no library makes: each is answered, and none leaves a line in the log. */
class OddCallsTest {
    private static final String AUTHORIZATION = "/envoy.service.auth.v3.Authorization/Check";
    private static final String HEALTH = "/grpc.health.v1.Health/Check";
    private static final String WATCH = "/grpc.health.v1.Health/Watch";

    private static final String INVALID_ARGUMENT = "3";
    private static final String RESOURCE_EXHAUSTED = "8";

    private static RunningService revoker;
    private static Vertx vertx;
    private static HttpClient usual;

    /** @param status of gRPC, in the trailers, or in the head of an answer that has nothing else */
    private record Answer(String status, Buffer body) {
        /** That of the only message. */
        byte[] message() {
            assertThat(body.getInt(1)).isEqualTo(body.length() - PREFIX);
            return body.getBytes(PREFIX, body.length());
        }
    }

    private static final int PREFIX = 5;

    @BeforeAll
    static void start() {
        revoker = RunningService.start("--grpc.enabled=true", "--grpc.port=0", "--http.request-timeout=2s");
        vertx = Vertx.vertx();
        usual = client();
    }

    @AfterAll
    static void stop() {
        revoker.close();
        get(vertx.close());
    }

    /** The flag says that a message is compressed, and nothing how. */
    @ParameterizedTest
    @ValueSource(strings = {"", "identity"})
    void areAnsweredIfTheyAreCompressedWithoutAnEncoding(String encoding) throws Exception {
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            Answer answer = call(AUTHORIZATION, encoding, message(1, 10, 127, 1));

            assertThat(answer.status()).isEqualTo("0");
            assertThat(denial(answer)).isEqualTo(400);
            assertThat(call(HEALTH, encoding, message(1, 10, 127, 1)).status()).isEqualTo(INVALID_ARGUMENT);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void areAnsweredOnceIfTheyHaveSeveralMessages() throws Exception {
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            Buffer twice = message(0).appendBuffer(message(0));

            Answer health = call(HEALTH, "", twice);
            Answer check = call(AUTHORIZATION, "", twice);

            assertThat(List.of(health.status(), check.status())).containsOnly("0");
            assertThat(HealthCheckResponse.parseFrom(health.message()).getStatus())
                    .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
            assertThat(denial(check)).isEqualTo(401);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void areRefusedIfTheyHaveNone() throws Exception {
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            assertThat(call(HEALTH, "", Buffer.buffer()).status()).isEqualTo(INVALID_ARGUMENT);
            assertThat(call(WATCH, "", Buffer.buffer()).status()).isEqualTo(INVALID_ARGUMENT);
            assertThat(call(HEALTH, "", Buffer.buffer(new byte[] {0, 127, 0, 0, 0}))
                            .status())
                    .as("a long one that never comes")
                    .isEqualTo(RESOURCE_EXHAUSTED);
            assertThat(denial(call(AUTHORIZATION, "", Buffer.buffer()))).isEqualTo(400);
            assertThat(log.lines()).isEmpty();
        }
    }

    /** A watch lasts as long as its client wants, but not before it has begun. */
    @ParameterizedTest
    @ValueSource(strings = {HEALTH, WATCH, AUTHORIZATION})
    void endInTimeIfTheyNeverSayAnything(String path) {
        Promise<Void> ended = Promise.promise();
        Promise<Void> watching = Promise.promise();
        HttpClient other = client();
        get(open(client(), WATCH)
                .compose(request -> request.write(message(0)).compose(sent -> request.response()))
                .onSuccess(answer -> answer.handler(told -> watching.tryComplete())
                        .exceptionHandler(cut -> ended.tryFail(cut))
                        .endHandler(ended::tryComplete)));
        get(watching.future());

        HttpClientRequest silent =
                get(open(other, path).compose(request -> request.sendHead().map(request)));

        Waiting.until("cut off", () -> silent.response().failed());
        assertThat(ended.future().isComplete()).as("the end of the watch").isFalse();
    }

    private static int denial(Answer answer) throws InvalidProtocolBufferException {
        return CheckResponse.parseFrom(answer.message())
                .getDeniedResponse()
                .getStatus()
                .getCodeValue();
    }

    private static HttpClient client() {
        return vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    private static Future<HttpClientRequest> open(HttpClient from, String path) {
        int port = revoker.service().grpcPort().orElseThrow();
        return from.request(HttpMethod.POST, port, "127.0.0.1", path)
                .map(request -> request.putHeader("content-type", "application/grpc")
                        .putHeader("te", "trailers")
                        .setChunked(true));
    }

    private static Answer call(String path, String encoding, Buffer body) {
        return get(open(usual, path)
                .compose(request ->
                        (encoding.isEmpty() ? request : request.putHeader("grpc-encoding", encoding)).send(body))
                .compose(response -> response.body().map(read -> new Answer(status(response), read))));
    }

    private static String status(HttpClientResponse response) {
        return Stream.of(response.trailers(), response.headers())
                .map(lines -> lines.get("grpc-status"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("none");
    }

    /** @param flag whether it is compressed */
    private static Buffer message(int flag, int... bytes) {
        Buffer message = Buffer.buffer().appendByte((byte) flag).appendInt(bytes.length);
        IntStream.of(bytes).forEach(each -> message.appendByte((byte) each));
        return message;
    }
}
