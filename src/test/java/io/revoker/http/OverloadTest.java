package io.revoker.http;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OverloadTest {
    private static RunningService guarded;

    private static final String UNFINISHED =
            "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 10\r\n\r\n{";

    @BeforeAll
    static void start() {
        guarded = RunningService.start("--http.max-in-flight=1", ClientFiles.option());
    }

    @AfterAll
    static void stop() {
        guarded.close();
    }

    /** Each wire in its own words: a client that can't read the answer takes it for a broken server. */
    @Test
    void saysOnEveryWireThatItIsBusy() {
        try (RunningService service = RunningService.start("--http.max-in-flight=1");
                RawConnection busy = RawConnection.to(service.port())) {
            busy.send(UNFINISHED);
            Waiting.until("busy", () -> service.inFlight() == 1);
            Reply check = check(service);
            assertThat(check).hasToString("503 ");
            assertThat(check.header("Retry-After")).isEqualTo("1");
            assertThat(check.header("Cache-Control")).isEqualTo("no-store");

            List<RawConnection> revoking = fillTheRoomToRevoke(service);
            Reply elastic = new Api(service).invalidate("{\"username\":\"joe\"}");
            Reply oauth =
                    service.call("POST", "/oauth2/introspect").form("token=x").send();
            Reply tokens = new Api(service).register("{}");

            assertThat(elastic.toString())
                    .startsWith(
                            "503 {\"error\":{\"root_cause\":[{\"type\":\"exception\",\"reason\":\"requests: more than 1");
            assertThat(elastic.header("X-elastic-product")).isEqualTo("Elasticsearch");
            assertThat(oauth.toString()).startsWith("503 {\"error\":\"temporarily_unavailable\"");
            assertThat(tokens.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(tokens.header("Retry-After")).isEqualTo("1");
            assertThat(elastic.header("Retry-After")).isEqualTo("1");
            revoking.forEach(RawConnection::close);
        }
    }

    /** Whatever else is under way, tokens can be revoked. */
    @Test
    void keepsRoomForRevocations() {
        try (RunningService service = RunningService.start("--http.max-in-flight=1");
                RawConnection busy = RawConnection.to(service.port())) {
            busy.send(UNFINISHED);
            Waiting.until("busy", () -> service.inFlight() == 1);
            assertThat(check(service).status()).isEqualTo(503);

            assertThat(new Api(service).invalidateUser("joe")).isEqualTo("200 0,0,0");
            assertThat(new Api(service).invalidateAccess("x")).isEqualTo(Api.UNKNOWN);
            assertThat(service.call("DELETE", "/_xpack/security/oauth2/token/")
                            .json("{\"realm_name\":\"corp\"}")
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(service.call("POST", Api.PATH + "/_invalidate")
                            .json("{\"realm_name\":\"corp\"}")
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(check(service).status()).isEqualTo(503);
        }
    }

    /** Bodies that never come, of requests that need only name the path. */
    @Test
    void keepsRoomForWhoMayRevokeAlone() {
        try (RunningService service = RunningService.start("--http.max-in-flight=1", ClientFiles.option());
                RawConnection busy = RawConnection.to(service.port())) {
            busy.send(as(ClientFiles.ISSUER, UNFINISHED));
            Waiting.until("busy", () -> service.inFlight() == 1);
            for (int i = 0; i < 17; i++) {
                try (RawConnection gateway = RawConnection.to(service.port())) {
                    gateway.send(as(ClientFiles.GATEWAY, UNFINISHED.replace("/v1/tokens", Api.PATH)));
                    assertThat(gateway.readHead().status()).isEqualTo(503);
                }
            }
            assertThat(invalidate(service, ClientFiles.GATEWAY).status()).isEqualTo(503);
            assertThat(service.inFlight()).isEqualTo(1);

            assertThat(invalidate(service, ClientFiles.OPS).toString()).startsWith("200 {\"invalidated_tokens\":0");
            assertThat(service.call("POST", "/v1/revocations")
                            .basic(ClientFiles.OPS, ClientFiles.SECRET)
                            .header("Content-Type", "application/x-ndjson")
                            .body("{\"access_token\":\"x\"}\n")
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    /**
     * An unauthenticated request takes no place: otherwise a stranger with a few connections could take all of them.
     */
    @ParameterizedTest
    @CsvSource({
        "POST, /v1/tokens, application/json",
        "POST, /v1/tokens, application/x-ndjson",
        "POST, /v1/checks, application/json",
        "POST, /v1/revocations, application/x-ndjson",
        "POST, /oauth2/introspect, application/x-www-form-urlencoded",
        "DELETE, /_security/oauth2/token, application/json",
        "DELETE, /_xpack/security/oauth2/token, application/json",
        "POST, /_security/oauth2/token/_invalidate, application/json",
        "POST, /_security/oauth2/token, application/json",
        "DELETE, /v1/sweeps/17, application/json",
        "GET, /v1/sweeps, application/json",
    })
    void answersAStrangerWithoutAPlaceAndBeforeItsBodyHasCome(String method, String path, String type) {
        String head = UNFINISHED
                .replace("POST /v1/tokens", method + ' ' + path)
                .replace("Content-Type: application/json", "Content-Type: " + type);
        try (RawConnection stranger = RawConnection.to(guarded.port())) {
            for (String request : List.of(head, as("nobody", head), as(ClientFiles.OPS, "wrong", head))) {
                stranger.send(request);
                assertThat(stranger.read().status()).isEqualTo(401);
                assertThat(guarded.inFlight()).isZero();
                stranger.send("123456789");
            }
            assertThat(stranger.exchange(as(ClientFiles.GATEWAY, "GET /v1/check HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                    .replace("Authorization", "Revoker-Authorization"))
                            .status())
                    .isEqualTo(401);
        }
    }

    /** As many bodies that never come as there are places. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void isNotFilledByStrangers(HttpVersion version) {
        Vertx vertx = Vertx.vertx();
        try (RunningService service = RunningService.start("--http.max-in-flight=20", ClientFiles.option())) {
            HttpClientAgent client = vertx.createHttpClient(
                    new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false),
                    new PoolOptions().setHttp1MaxSize(100));
            for (int i = 0; i < 100; i++) {
                HttpClientRequest request =
                        get(client.request(HttpMethod.POST, service.port(), "localhost", "/v1/tokens"));
                request.putHeader("Content-Type", "application/json").setChunked(true);
                get(request.write("{\"a"));
                assertThat(get(request.response()).statusCode()).isEqualTo(401);
            }
            assertThat(service.inFlight()).isZero();
            assertThat(ClientFiles.token(service, "corp")).startsWith("rva_");
        } finally {
            get(vertx.close());
        }
    }

    private static String as(String client, String request) {
        return as(client, ClientFiles.SECRET, request);
    }

    private static String as(String client, String secret, String request) {
        return request.replace(
                "Host: localhost\r\n",
                "Host: localhost\r\nAuthorization: Basic " + Call.base64(client + ':' + secret) + "\r\n");
    }

    private static Reply invalidate(RunningService service, String client) {
        return service.call("DELETE", Api.PATH)
                .basic(client, ClientFiles.SECRET)
                .json("{\"username\":\"joe\"}")
                .send();
    }

    /** Who watches a route must see that it refuses. */
    @Test
    void countsWhatItRefusesUnderItsRoute() {
        try (RunningService service = RunningService.start("--http.max-in-flight=1");
                RawConnection busy = RawConnection.to(service.port())) {
            busy.send(UNFINISHED);
            Waiting.until("busy", () -> service.inFlight() == 1);
            List<RawConnection> revoking = fillTheRoomToRevoke(service);
            service.call("POST", "/v1/tokens").json("{}").send();
            service.call("POST", "/v1/tokens/").json("{}").send();
            service.call("GET", "/v1/sweeps/17").send();
            new Api(service).invalidate("{\"username\":\"joe\"}");
            service.call("GET", "/nowhere").send();

            Scrape scrape = Scrape.of(service);
            assertThat(scrape.counted("revoker_http_requests_seconds_count"))
                    .isEqualTo(Map.of(
                            "{route=\"/v1/tokens\",status=\"503\"}", 2.0,
                            "{route=\"/v1/sweeps/:sweep\",status=\"503\"}", 1.0,
                            "{route=\"/_security/oauth2/token\",status=\"503\"}", 1.0,
                            "{route=\"none\",status=\"404\"}", 1.0));
            revoking.forEach(RawConnection::close);
        }
    }

    @Test
    void forgetsRequestsWhoseCallerHasGone() {
        try (RunningService service = RunningService.start("--http.max-in-flight=1")) {
            try (RawConnection gone = RawConnection.to(service.port())) {
                gone.send(UNFINISHED);
                Waiting.until("busy", () -> service.inFlight() == 1);
                assertThat(check(service).status()).isEqualTo(503);
            }
            Waiting.until("free", () -> service.inFlight() == 0);

            assertThat(check(service).status()).isEqualTo(401);
        }
    }

    private static List<RawConnection> fillTheRoomToRevoke(RunningService service) {
        List<RawConnection> revoking = Stream.generate(
                        () -> RawConnection.to(service.port()).send(UNFINISHED.replace("/v1/tokens", Api.PATH)))
                .limit(16)
                .toList();
        Waiting.until("no room", () -> service.inFlight() == 17);
        return revoking;
    }

    private static Reply check(RunningService service) {
        return service.call("GET", "/v1/check").bearer("x").send();
    }
}
