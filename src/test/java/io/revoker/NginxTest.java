package io.revoker;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The nginx of conf/gateways/nginx.conf before a service that tells what it is sent, with the clients of conf/clients.example.yaml. */
@NeedsTools
class NginxTest {
    private static final String AUTHORIZATION_SERVER = "as1";
    private static final String SECRET = "kuKnEsx9TbUwiN1AatAORUEd8fSRnG3viL0GvIbVKGw";

    private static RunningService revoker;
    private static Gateway nginx;
    private static int servicePort;

    @BeforeAll
    static void start() {
        revoker = RunningService.start("--clients.file=conf/clients.example.yaml");
        HttpServer service = get(revoker.vertx()
                .createHttpServer(new HttpServerOptions().setMaxHeaderSize(64 << 10))
                .requestHandler(NginxTest::tell)
                .webSocketHandler(socket -> socket.writeTextMessage("hello"))
                .listen(0, "127.0.0.1"));
        servicePort = service.actualPort();
        nginx = nginx(revoker.port());
    }

    @AfterAll
    static void stop() {
        nginx.close();
        revoker.close();
    }

    private static void tell(HttpServerRequest request) {
        request.response().setStatusCode(request.path().equals("/forbidden") ? 403 : 200);
        request.response().end(request.method() + " " + request.uri() + "\n" + request.headers());
    }

    @Test
    void letsAGoodTokenThroughAndSaysWhoseItIs() {
        String token = access("corp", "joe", "read write");

        Reply reply = nginx.call("POST", "/orders?id=1")
                .bearer(token)
                .header("X-Auth-Subject", "root")
                .header("X-Auth-Client", "root")
                .body("x")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().lines())
                .contains("POST /orders?id=1", "X-Auth-Subject=joe", "X-Auth-Realm=corp", "X-Auth-Scope=read write")
                .anyMatch(line -> line.matches("X-Auth-Exp=\\d{10}"))
                .noneMatch(line -> line.contains("root") || line.startsWith("Revoker-Authorization"));
    }

    @Test
    void refusesEveryOtherRequest() {
        String revoked = access("corp", "joe", "read");
        assertThat(Call.of("DELETE", revoker.uri(Api.PATH))
                        .basic("ops", "CXrMz-YOT6HkaevhQeiORDcIr-ZtKRw-dApKQWvTT-4")
                        .json("{\"token\":\"" + revoked + "\"}")
                        .send()
                        .status())
                .isEqualTo(200);

        Reply none = nginx.call("GET", "/").send();
        Reply bad = nginx.call("GET", "/").bearer(revoked).send();

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(nginx.call("OPTIONS", "/").send().status())
                .as("no preflight")
                .isEqualTo(401);
        assertThat(nginx.call("GET", "/_revoker").bearer(revoked).send().status())
                .isEqualTo(404);
    }

    @Test
    void leavesThePreflightAndTheRefusalsOfTheServiceToIt() {
        Reply preflight = nginx.call("OPTIONS", "/orders")
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "PUT")
                .header("X-Auth-Subject", "root")
                .send();

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.body()).startsWith("OPTIONS /orders").doesNotContain("X-Auth");
        assertThat(nginx.call("GET", "/forbidden")
                        .bearer(access("corp", "joe", "read"))
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void letsWebSocketsThrough() {
        String upgrade = String.join(
                "\r\n",
                "GET /feed HTTP/1.1",
                "Host: a",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "");
        String token = "Authorization: Bearer " + access("corp", "joe", "read") + "\r\n";
        try (RawConnection good = nginx.connect();
                RawConnection bad = nginx.connect()) {
            assertThat(good.send(upgrade + token + "\r\n").readHead().status()).isEqualTo(101);
            assertThat(bad.send(upgrade + "\r\n").readHead().status()).isEqualTo(401);
        }
    }

    /** What comes over a connection that has changed to it would not be checked. */
    @Test
    void letsNoOtherProtocolThrough() {
        String token = access("corp", "joe", "read");
        for (String protocol : List.of("h2c", "h2c, websocket", "TLS/1.0", "x")) {
            String asked = "Host: a\r\nUpgrade: " + protocol
                    + "\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings\r\n";
            assertThat(told("GET / HTTP/1.1\r\n" + asked + "Authorization: Bearer " + token + "\r\n"))
                    .startsWith("GET /\n")
                    .doesNotContainIgnoringCase("upgrade")
                    .doesNotContainIgnoringCase("HTTP2");
            assertThat(told("OPTIONS / HTTP/1.1\r\n" + asked + "Access-Control-Request-Method: PUT\r\n"))
                    .startsWith("OPTIONS /\n")
                    .doesNotContainIgnoringCase("upgrade");
        }
    }

    @Test
    void letsNoPreflightOpenAWebSocket() {
        String preflight = String.join(
                "\r\n",
                "OPTIONS / HTTP/1.1",
                "Host: a",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Access-Control-Request-Method: PUT",
                "");
        assertThat(told(preflight)).startsWith("OPTIONS /\n").doesNotContainIgnoringCase("upgrade");
    }

    /** What the service says that it was sent. */
    private static String told(String head) {
        try (RawConnection connection = nginx.connect()) {
            RawConnection.Answer answer = connection.exchange(head + "\r\n");
            assertThat(answer.status()).isEqualTo(200);
            return answer.body();
        }
    }

    @Test
    void hasRoomForLongTokensScopesAndCookies() {
        String token = "a".repeat(7000) + Api.fresh("-");
        String scope = "read ".repeat(800) + "end";
        register("{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + token + "\",\"scope\":\"" + scope
                + "\"}");

        Reply reply = nginx.call("GET", "/")
                .bearer(token)
                .header("Cookie", "a=" + "c".repeat(15_000))
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("X-Auth-Scope=" + scope);
    }

    @Test
    void keepsItsConnections() {
        String token = access("corp", "joe", "read");
        for (int i = 0; i < 50; i++) {
            assertThat(nginx.call("GET", "/").bearer(token).send().status()).isEqualTo(200);
        }
        assertThat(revoker.connections()).isLessThan(20);
    }

    @Test
    void answers503WhereNobodyCanDecide() {
        try (RunningService stranger = RunningService.start(ClientFiles.option());
                Gateway noRevoker = nginx(RedisProcess.freePort());
                Gateway noCredentials = nginx(stranger.port())) {
            for (Gateway undecided : List.of(noRevoker, noCredentials)) {
                Reply reply = undecided.call("GET", "/").bearer("any").send();

                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isEqualTo("1");
            }
        }
    }

    private static Gateway nginx(int revokerPort) {
        return Gateway.start(Gateway.Kind.NGINX, Gateway.Wiring.of(revokerPort, servicePort))
                .awaitListening();
    }

    private static String access(String realm, String user, String scope) {
        return register("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user
                        + "\",\"mint\":[\"access_token\"],\"scope\":\"" + scope + "\"}")
                .json()
                .required("access_token")
                .textValue();
    }

    private static Reply register(String body) {
        Reply reply = Call.of("POST", revoker.uri("/v1/tokens"))
                .basic(AUTHORIZATION_SERVER, SECRET)
                .json(body)
                .send();
        assertThat(reply.status()).isEqualTo(201);
        return reply;
    }
}
