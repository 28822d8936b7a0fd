package io.revoker.http.server;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RawConnection.Answer;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Host a request may name (RFC 9112, section 3.2), on both listeners. */
class HostTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: localhost\r\nHost: localhost\r\n",
                "Host: localhost\r\nhOST: elsewhere.example\r\n",
                "Host:\r\n",
                "Host: \r\n",
                "Host: a b\r\n",
                "Host: local/host\r\n",
                "Host: user@localhost\r\n",
                "Host: http://localhost\r\n",
                "Host: localhost:port\r\n",
                "Host: localhost:123456\r\n",
                "Host: localhost:99999\r\n",
                "Host: [::1]:65536\r\n",
                "Host: localhost:80:80\r\n",
                "Host: ::1\r\n",
                "Host: [::1\r\n",
                "Host: [localhost]\r\n",
                "Host: local%\r\n",
                "Host: local%zz\r\n",
                // A name may have such characters (RFC 3986, section 3.2.2), but Vert.x 5.0.7 throws.
                "Host: local%68ost\r\n",
                "Host: l\u00f6calhost\r\n",
            })
    void mustBeOneAndReadable(String lines) {
        assertThat(answers("HTTP/1.1", lines)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers().get("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.body())
                    .contains("\"detail\":\"Host: missing, repeated or malformed (expected: one name or address)\"");
        });
    }

    /** By the wires that have their own words for a fault, too. */
    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost:65536\r\n", "Host: \r\n", "Host: localhost:80:80\r\n"})
    void isToldByEveryWire(String line) {
        for (String request :
                List.of("DELETE " + Api.PATH, "DELETE /_other", "POST /oauth2/introspect", "POST /v1/tokens")) {
            Answer answer = answer(SERVICE.port(), request + " HTTP/1.1\r\n" + line + "Content-Length: 0\r\n\r\n");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("Host: missing, repeated or malformed (expected: one name or address)");
        }
    }

    @Test
    void answersWhoAsksWhetherTheServerIsThere() {
        for (int port : new int[] {SERVICE.port(), SERVICE.service().managementPort()}) {
            Answer answer = answer(port, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(answer.status()).isEqualTo(204);
        }
    }

    @Test
    void mustBeShort() {
        assertThat(statuses("HTTP/1.1", "Host: " + "a.".repeat(2000) + "localhost\r\n"))
                .containsExactly(400, 400, 400);
    }

    @Test
    void mayBeMissingInHttp10ButNotBeDoubled() {
        assertThat(statuses("HTTP/1.0", "")).containsExactly(200, 200, 200);
        assertThat(statuses("HTTP/1.0", "Host: localhost\r\nHost: localhost\r\n"))
                .containsExactly(400, 400, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost.",
                "revoker.localhost:1",
                "a-b.c_d.localhost",
                "127.0.0.1",
                "127.1.2.3:65535",
                "localhost:",
                "localhost:00080",
                "localhost:0",
                "[::1]",
                "[::1]:8080"
            })
    void isServedIfItIsThisHost(String host) {
        assertThat(statuses("HTTP/1.1", "Host: " + host + "\r\n")).containsExactly(200, 200, 200);
    }

    /** A page of that name would read the answers: it points to a loopback address now (DNS rebinding). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:8080",
                "localhost.attacker.example",
                "notlocalhost",
                ".localhost",
                "127.0.0.1.attacker.example",
                "127.0.0.1.nip.io",
                "128.0.0.1",
                "10.0.0.1",
                "0.0.0.0",
                "[::2]",
                "[::ffff:127.0.0.1]",
                "xn--localhost",
            })
    void isRefusedIfItIsAnotherAndAllMayDoEverything(String host) {
        assertThat(statuses("HTTP/1.1", "Host: " + host + "\r\n")).containsExactly(200, 421, 421);
    }

    /** A caller with privileges has authenticated, which a web page can't do. */
    @Test
    void isAnyIfCallersAreAsked() {
        try (RunningService own = RunningService.start(ClientFiles.option())) {
            try (RawConnection connection = RawConnection.to(own.port())) {
                assertThat(connection
                                .exchange("GET /openapi.yaml HTTP/1.1\r\nHost: revoker.example\r\n\r\n")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void isAnyWhereOtherHostsCanListen() {
        try (RunningService own = RunningService.start("--http.host=0.0.0.0", "--management.host=0.0.0.0")) {
            for (String path : List.of("/openapi.yaml", "/health/live")) {
                int port = path.startsWith("/health") ? own.service().managementPort() : own.port();
                try (RawConnection connection = RawConnection.to(port)) {
                    assertThat(connection
                                    .exchange("GET " + path + " HTTP/1.1\r\nHost: revoker.example\r\n\r\n")
                                    .status())
                            .isEqualTo(200);
                }
            }
        }
    }

    /** RFC 9113, section 8.3.1. Vert.x 5.0.7 sees to it, also where only the case differs. */
    @Test
    void mustBeWhatTheAuthorityOfHttp2Says() {
        assertThat(overHttp2("localhost", "localhost")).isEqualTo(200);
        assertThat(overHttp2("attacker.example", "attacker.example")).isEqualTo(421);
        for (List<String> names :
                List.of(List.of("attacker.example", "localhost"), List.of("localhost", "attacker.example"))) {
            assertThatThrownBy(() -> overHttp2(names.get(0), names.get(1))).isInstanceOf(StreamResetException.class);
        }
    }

    private static int overHttp2(String host, String authority) {
        Vertx vertx = Vertx.vertx();
        try {
            return get(vertx.createHttpClient(new HttpClientOptions()
                            .setProtocolVersion(HttpVersion.HTTP_2)
                            .setHttp2ClearTextUpgrade(false))
                    .request(HttpMethod.GET, SERVICE.port(), "127.0.0.1", "/openapi.yaml")
                    .compose(request -> request.authority(HostAndPort.parseAuthority(authority, -1))
                            .putHeader("host", host)
                            .send())
                    .map(response -> response.statusCode()));
        } finally {
            get(vertx.close());
        }
    }

    /** The other thing that a router can't read. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/sweeps/%zz", "/%", "/v1/%2"})
    void isNotBlamedForAPathThatIsNotReadable(String path) {
        for (int port : new int[] {SERVICE.port(), SERVICE.service().managementPort()}) {
            Answer answer = answer(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"detail\":\"path: not percent-encoded (expected: ");
        }
    }

    private static List<Integer> statuses(String version, String hostLines) {
        return answers(version, hostLines).stream().map(Answer::status).toList();
    }

    /** To a check by a gateway, to another request and to one for the management. */
    private static List<Answer> answers(String version, String hostLines) {
        String token = new Api(SERVICE).access(Api.fresh("realm"), "joe");
        String head = " " + version + "\r\n" + hostLines + "Authorization: Bearer " + token + "\r\n\r\n";
        return List.of(
                answer(SERVICE.port(), "GET /v1/check/a" + head),
                answer(SERVICE.port(), "GET /openapi.yaml" + head),
                answer(SERVICE.service().managementPort(), "GET /health/live" + head));
    }

    private static Answer answer(int port, String request) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection.exchange(request);
        }
    }
}
