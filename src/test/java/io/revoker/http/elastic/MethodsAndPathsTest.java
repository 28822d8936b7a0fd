package io.revoker.http.elastic;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryRedis
class MethodsAndPathsTest {
    private static final String CURRENT = "/_security/oauth2/token";
    private static final String BY_POST = CURRENT + "/_invalidate";
    private static final String OLD = "/_xpack/security/oauth2/token";

    private final RunningService service;
    private final Api api;

    MethodsAndPathsTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /_security/oauth2/token",
        "DELETE, /_security/oauth2/token/",
        "DELETE, /_xpack/security/oauth2/token",
        "DELETE, /_xpack/security/oauth2/token/",
        "POST, /_security/oauth2/token/_invalidate",
        "POST, /_security/oauth2/token/_invalidate/"
    })
    void invalidatesOnEveryPath(String method, String path) {
        String token = api.access("paths", "joe");

        Reply reply =
                service.call(method, path).json("{\"token\":\"" + token + "\"}").send();

        assertThat(Api.counts(reply)).isEqualTo("200 1,0,0");
        assertThat(api.check(token)).isEqualTo(401);
    }

    /** A client that asks for a token names a user, with or without a type of grant. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CURRENT + "|{\"grant_type\":\"password\",\"username\":\"%s\",\"password\":\"x\"}",
                CURRENT + "|{\"username\":\"%s\"}",
                CURRENT + "/|{\"username\":\"%s\"}",
                CURRENT + "|{\"token\":\"%2$s\"}",
                OLD + "|{\"username\":\"%s\"}",
                OLD + "|{\"grant_type\":\"refresh_token\",\"refresh_token\":\"%2$s\"}"
            })
    void takesAPostForTheWishToCreateAToken(String path, String body) {
        String user = Api.fresh("joe");
        String token = api.access("paths", user);

        Reply reply = service.call("POST", path)
                .json(String.format(Locale.ROOT, body, user, token))
                .send();

        assertThat(reply)
                .hasToString(
                        "400 {\"error\":\"unsupported_grant_type\",\"error_description\":\"no tokens are created here:"
                                + " POST /v1/tokens registers or mints them; to invalidate, send DELETE, or POST"
                                + " /_security/oauth2/token/_invalidate\"}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void takesNothingButPostToInvalidateByPost() {
        Reply reply =
                service.call("DELETE", BY_POST).json("{\"username\":\"joe\"}").send();

        assertThat(reply)
                .hasToString("405 {\"error\":\"Incorrect HTTP method for uri [" + BY_POST
                        + "] and method [DELETE], allowed: [POST]\",\"status\":405}");
        assertThat(reply.lines("Allow")).containsExactly("POST");
        assertThat(service.call("OPTIONS", BY_POST).send().lines("Allow")).containsExactly("POST");
    }

    @ParameterizedTest
    @CsvSource({"DELETE, " + CURRENT, "POST, " + BY_POST})
    void readsABodyInChunks(String method, String path) {
        String token = api.access("paths", "joe");

        Reply reply = service.call(method, path)
                .json("{\"token\":\"" + token + "\"}")
                .chunked()
                .send();

        assertThat(Api.counts(reply)).isEqualTo("200 1,0,0");
    }

    @Test
    void speaksHttp2ByPriorKnowledge() {
        String token = api.access("paths", "joe");
        Vertx vertx = Vertx.vertx();
        try {
            HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            String answer = get(client.request(HttpMethod.DELETE, service.port(), "127.0.0.1", CURRENT)
                    .compose(request -> request.putHeader("Content-Type", "application/json")
                            .send("{\"token\":\"" + token + "\"}"))
                    .compose(response -> response.end().map(response.version() + " " + response.statusCode())));

            assertThat(answer).isEqualTo("HTTP_2 200");
            assertThat(api.check(token)).isEqualTo(401);
        } finally {
            get(vertx.close());
        }
    }

    /** The client of the JDK asks for HTTP/2 by an upgrade, which is ignored. */
    @Test
    void answersOverHttp1WhoeverWouldUpgrade() throws Exception {
        String token = api.access("paths", "joe");
        HttpRequest request = HttpRequest.newBuilder(service.uri(CURRENT))
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
                .build();

        HttpResponse<String> reply = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(api.check(token)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"GET, " + CURRENT, "PUT, " + CURRENT, "PATCH, " + CURRENT + "/", "GET, " + OLD, "PUT, " + OLD})
    void listsTheMethodsOfThePath(String method, String path) {
        Reply reply = service.call(method, path).send();

        assertThat(reply)
                .hasToString("405 {\"error\":\"Incorrect HTTP method for uri [" + path + "] and method [" + method
                        + "], allowed: [DELETE, POST]\",\"status\":405}");
        assertThat(reply.lines("Allow")).containsExactly("DELETE,POST");
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
    }

    @Test
    void answersHeadWithoutABody() {
        try (RawConnection connection = RawConnection.to(service.port())) {
            RawConnection.Answer head = connection
                    .send("HEAD " + CURRENT + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .readHead();
            RawConnection.Answer next =
                    connection.exchange("OPTIONS " + CURRENT + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(head.status()).isEqualTo(405);
            assertThat(head.headers()).containsEntry("allow", "DELETE,POST");
            assertThat(next.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CURRENT, OLD})
    void tellsTheOptions(String path) {
        Reply reply = service.call("OPTIONS", path).send();

        assertThat(reply).hasToString("200 ");
        assertThat(reply.lines("Allow")).containsExactly("DELETE,POST");
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
    }

    /** Clients of Elasticsearch ask for much else: they read what is answered as they would read it there. */
    @ParameterizedTest
    @CsvSource({
        "GET, /_security/_authenticate",
        "PUT, /_security/user/joe",
        "POST, /_security/oauth2/tokens?pretty=false",
        "GET, /_cluster/health?wait_for_status=green",
        "DELETE, /_x"
    })
    void refusesWhatElseElasticsearchHasInItsWords(String method, String uri) {
        Reply reply =
                service.call(method, uri).header("X-Opaque-Id", "7").json("{}").send();

        assertThat(reply)
                .hasToString("400 {\"error\":\"no handler found for uri [" + uri + "] and method [" + method
                        + "]\",\"status\":400}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
        assertThat(reply.header("X-Opaque-Id")).isEqualTo("7");
    }

    @Test
    void namesTheWholeUriOfTheWrongMethod() {
        assertThat(service.call("GET", CURRENT + "?human").send().body())
                .startsWith(
                        "{\"error\":\"Incorrect HTTP method for uri [/_security/oauth2/token?human] and method [GET]");
    }

    /** Clients of 6.6 to 6.8 can't do without created, and take any status but 200 for a failure. */
    @Test
    void servesTheOldPathAsTheOldClientsNeedIt() {
        String token = api.access("paths", "joe");
        String body = "{\"token\":\"" + token + "\"}";

        Reply first = service.call("DELETE", OLD).json(body).send();
        Reply again = service.call("DELETE", OLD).json(body).send();
        Reply unknown =
                service.call("DELETE", OLD).json("{\"token\":\"never seen\"}").send();

        assertThat(List.of(first.toString(), again.toString(), unknown.toString()))
                .containsExactly(
                        "200 {\"created\":true,\"invalidated_tokens\":1,\"previously_invalidated_tokens\":0,\"error_count\":0}",
                        "200 {\"created\":false,\"invalidated_tokens\":0,\"previously_invalidated_tokens\":1,\"error_count\":0}",
                        "200 {\"created\":false,\"invalidated_tokens\":0,\"previously_invalidated_tokens\":0,\"error_count\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "POST"})
    void warnsThatTheOldPathIsDeprecated(String method) {
        Reply reply =
                service.call(method, OLD).json("{\"username\":\"nobody\"}").send();

        assertThat(reply.lines("Warning"))
                .containsExactly("299 Elasticsearch-7.17.28-0000000 \"[" + method
                        + " /_xpack/security/oauth2/token] is deprecated! Use [" + method
                        + " /_security/oauth2/token] instead.\"");
        assertThat(api.invalidate("{\"username\":\"nobody\"}").lines("Warning")).isEmpty();
    }
}
