package io.revoker;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Call;
import io.revoker.testing.Certificate;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolsTest {
    private static final String GATEWAY_SECRET = "o5SjXssUTCgm0K1v2DBwGy70NCQGn4j4cRWNU7xDQRA";

    @ParameterizedTest
    @CsvSource({"false,HTTP_2 401", "true,HTTP_1_1 401"})
    void speaksHttp2InClearTextByPriorKnowledgeAndNotByUpgrade(boolean upgrade, String answer) {
        Vertx vertx = Vertx.vertx();
        try (RunningService service = RunningService.start("--http.header-timeout=2s")) {
            HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(upgrade));
            for (int i = 0; i < 3; i++) {
                assertThat(versionOfCheck(client, service.port())).isEqualTo(answer);
            }
            long late = System.nanoTime() + 3_000_000_000L;
            until("the header time-out has passed", () -> System.nanoTime() > late);
            assertThat(versionOfCheck(client, service.port())).isEqualTo(answer);
            assertThat(service.connections()).isEqualTo(1);
            get(client.close());
            until("the connection is gone", () -> service.connections() == 0);
        } finally {
            get(vertx.close());
        }
    }

    /** It belongs to HTTP/1: an answer with it is malformed for a strict client. */
    @Test
    void namesNoConnectionToHttp2WhileItDrains() {
        Vertx vertx = Vertx.vertx();
        RunningService service = RunningService.start("--http.drain-delay=3s");
        try {
            HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            assertThat(versionOfCheck(client, service.port())).isEqualTo("HTTP_2 401");
            Future<Void> stopped = service.stop();
            for (String path : List.of("/v1/check", "/v1/sweeps")) {
                boolean named = get(client.request(HttpMethod.GET, service.port(), "127.0.0.1", path)
                        .compose(request -> request.send())
                        .map(response -> response.headers().contains("connection")));
                assertThat(named).as(path).isFalse();
            }
            get(stopped);
        } finally {
            get(vertx.close());
        }
    }

    /** The hash of its secret is slow, so its body is held back until the caller is known. */
    @Test
    void endsAnHttp2RequestThatHadToWaitWithoutAnError() {
        Vertx vertx = Vertx.vertx();
        try (LogCapture log = LogCapture.open(Level.ERROR);
                RunningService service = RunningService.start("--clients.file=conf/clients.example.yaml")) {
            HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            Buffer answer = get(client.request(HttpMethod.POST, service.port(), "127.0.0.1", "/oauth2/introspect")
                    .compose(request -> request.putHeader("Content-Type", "application/x-www-form-urlencoded")
                            .putHeader("Authorization", "Basic " + Call.base64("gateway:" + GATEWAY_SECRET))
                            .send("token=x"))
                    .compose(HttpClientResponse::body));
            get(client.close());
            until("the connection is gone", () -> service.connections() == 0);

            assertThat(answer).hasToString("{\"active\":false}");
            assertThat(log.lines()).isEmpty();
        } finally {
            get(vertx.close());
        }
    }

    private static String versionOfCheck(HttpClientAgent client, int port) {
        return get(client.request(HttpMethod.GET, port, "127.0.0.1", "/v1/check")
                .compose(request -> request.send())
                .map(response -> response.version() + " " + response.statusCode()));
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        List<String> tokens = IntStream.range(0, 50).mapToObj(i -> "piped-" + i).toList();
        try (RunningService service = RunningService.start();
                RawConnection connection = service.connect()) {
            for (String token : tokens) {
                connection.send(Requests.register(token)
                        + Requests.check(token)
                        + Requests.get("/nowhere")
                        + Requests.invalidate(token));
            }
            for (String token : tokens) {
                assertThat(IntStream.range(0, 4).map(i -> connection.read().status()))
                        .as(token)
                        .containsExactly(201, 200, 404, 200);
            }
        }
    }

    @Test
    void speaksHttp2ByAlpnAndHttp1OverTls(@TempDir Path directory) throws Exception {
        Certificate certificate = Certificate.make(directory);
        try (RunningService service = RunningService.start(
                "--http.tls.enabled=true",
                "--http.tls.certificate=" + certificate.certificate(),
                "--http.tls.key=" + certificate.key())) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(certificate.trust())
                        .version(version)
                        .build();
                URI check = URI.create("https://localhost:" + service.port() + "/v1/check");
                HttpResponse<String> answer =
                        client.send(HttpRequest.newBuilder(check).build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.version()).isEqualTo(version);
            }
        }
    }

    @Test
    void closesATlsConnectionWhoseHandshakeDoesNotEnd(@TempDir Path directory) {
        Certificate certificate = Certificate.make(directory);
        try (RunningService service = RunningService.start(
                        "--http.tls.enabled=true",
                        "--http.header-timeout=300ms",
                        "--http.tls.certificate=" + certificate.certificate(),
                        "--http.tls.key=" + certificate.key());
                RawConnection connection = service.connect()) {
            assertThat(connection.readToEnd()).isEmpty();
        }
    }
}
