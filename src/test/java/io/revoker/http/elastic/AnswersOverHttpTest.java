package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryRedis
class AnswersOverHttpTest {
    private static final String NOBODY = "{\"username\":\"nobody at all\"}";
    private static final String ZEROS =
            "{\"invalidated_tokens\":0,\"previously_invalidated_tokens\":0,\"error_count\":0}";
    private static final String UNKNOWN = "{\"token\":\"never seen\"}";

    private final Server redis;
    private final RunningService service;
    private final Api api;

    AnswersOverHttpTest(Server redis) {
        this.redis = redis;
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @Test
    void answersZerosIfNobodyIsMeant() {
        assertThat(api.invalidate(NOBODY)).hasToString("200 " + ZEROS);
        assertThat(api.invalidate("{\"realm_name\":\"nowhere at all\"}")).hasToString("200 " + ZEROS);
    }

    @ParameterizedTest
    @ValueSource(strings = {UNKNOWN, "{\"refresh_token\":\"never seen\"}", "{\"token\":\"   \"}"})
    void answers404AndZerosIfTheTokenIsUnknown(String body) {
        assertThat(api.invalidate(body)).hasToString("404 " + ZEROS);
    }

    @Test
    void answers200ToClientsThatCannotDigest404() {
        try (RunningService own = RunningService.on(redis.url(), "--elasticsearch.unknown-token-status=200")) {
            assertThat(new Api(own).invalidate(UNKNOWN)).hasToString("200 " + ZEROS);
        }
    }

    @Test
    void rendersPrettily() {
        assertThat(pretty("?pretty")).isEqualTo(pretty("?pretty=true")).isEqualTo("""
                        {
                          "invalidated_tokens" : 0,
                          "previously_invalidated_tokens" : 0,
                          "error_count" : 0
                        }
                        """);
        assertThat(pretty("?pretty=false&human")).isEqualTo(ZEROS);
    }

    @Test
    void rendersErrorsPrettilyToo() {
        assertThat(service.call("GET", Api.PATH + "?pretty").send().body()).isEqualTo("""
                        {
                          "error" : "Incorrect HTTP method for uri [/_security/oauth2/token?pretty] and method [GET], allowed: [DELETE, POST]",
                          "status" : 405
                        }
                        """);
        assertThat(service.call("DELETE", Api.PATH + "?pretty")
                        .header("Content-Type", "text/plain")
                        .body(NOBODY)
                        .send()
                        .body())
                .isEqualTo("""
                        {
                          "error" : "Content-Type header [text/plain] is not supported",
                          "status" : 406
                        }
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalidated_tokens|{\"invalidated_tokens\":0}",
                "*invalidated*,-prev*|{\"invalidated_tokens\":0}",
                "-error_count|{\"invalidated_tokens\":0,\"previously_invalidated_tokens\":0}",
                "error_details.caused_by.type|{}",
                "nothing|{}",
                "**|" + ZEROS
            })
    void filtersTheFields(String filter, String body) {
        assertThat(service.call("DELETE", Api.PATH + "?filter_path=" + filter)
                        .json(NOBODY)
                        .send())
                .hasToString("200 " + body);
    }

    @Test
    void doesNothingIfTheFilterHasTooManyNames() {
        String realm = Api.fresh("realm");
        String token = api.access(realm, "joe");
        String most = "**.".repeat(255) + "zz";
        String realmAlone = "{\"realm_name\":\"" + realm + "\"}";

        Reply refused = service.call("DELETE", Api.PATH + "?filter_path=" + "**.".repeat(3000) + "zz")
                .json(realmAlone)
                .send();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/error/reason").textValue())
                .isEqualTo("filter_path: 3001 names (expected: at most 256 in all paths together)");
        assertThat(service.call("GET", "/?filter_path=" + "**.".repeat(3000) + "zz")
                        .send()
                        .status())
                .isEqualTo(400);
        assertThat(api.check(token)).isEqualTo(200);
        assertThat(service.call("DELETE", Api.PATH + "?filter_path=" + most)
                        .json(realmAlone)
                        .send())
                .hasToString("200 {}");
        assertThat(api.check(token)).isEqualTo(401);
    }

    @Test
    void doesNotFilterErrors() {
        assertThat(service.call("DELETE", Api.PATH + "?filter_path=nothing")
                        .json("{")
                        .send()
                        .body())
                .contains("json_e_o_f_exception");
    }

    @Test
    void tracesErrorsIfAsked() {
        assertThat(service.call("DELETE", Api.PATH + "?error_trace=true")
                        .json("{}")
                        .send()
                        .json()
                        .at("/error/root_cause/0/stack_trace")
                        .textValue())
                .startsWith("action_request_validation_exception: Validation Failed");
    }

    @Test
    void answersInYaml() {
        String yaml = "---\ninvalidated_tokens: 0\nprevious";

        assertThat(yaml("?format=yaml", "*/*").body()).startsWith(yaml);
        assertThat(yaml("", "application/yaml").body()).startsWith(yaml);
        assertThat(yaml("", "application/yaml").header("Content-Type")).isEqualTo("application/yaml");
        assertThat(yaml("?format=foo", "*/*")).hasToString("200 " + ZEROS);
    }

    @Test
    void readsYamlAndAnswersIt() {
        Reply reply = service.call("DELETE", Api.PATH)
                .header("Content-Type", "application/yaml")
                .body("username: nobody at all\n")
                .send();

        assertThat(reply.body()).startsWith("---\ninvalidated_tokens: 0\n");
        assertThat(reply.header("Content-Type")).isEqualTo("application/yaml");
    }

    @Test
    void readsSmileAndCborAndAnswersThem() throws IOException {
        speaks("application/smile", new ObjectMapper(new SmileFactory()));
        speaks("application/cbor", new ObjectMapper(new CBORFactory()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "8", "9"})
    void answersPlainJsonToVersionedMediaTypes(String version) {
        String type = "application/vnd.elasticsearch+json; compatible-with=" + version;
        Reply reply = service.call("DELETE", Api.PATH)
                .header("Content-Type", type)
                .header("Accept", type)
                .body(NOBODY)
                .chunked()
                .send();

        assertThat(reply).hasToString("200 " + ZEROS);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
    }

    @Test
    void echoesTheOpaqueId() {
        assertThat(service.call("DELETE", Api.PATH)
                        .header("X-Opaque-Id", "trace 7/%")
                        .json(NOBODY)
                        .send()
                        .lines("X-Opaque-Id"))
                .containsExactly("trace 7/%");
        assertThat(service.call("GET", Api.PATH)
                        .header("X-Opaque-Id", "7")
                        .send()
                        .lines("X-Opaque-Id"))
                .containsExactly("7");
    }

    private String pretty(String query) {
        return service.call("DELETE", Api.PATH + query).json(NOBODY).send().body();
    }

    private Reply yaml(String query, String accept) {
        return service.call("DELETE", Api.PATH + query)
                .header("Accept", accept)
                .json(NOBODY)
                .send();
    }

    private void speaks(String type, ObjectMapper mapper) throws IOException {
        Reply reply = service.call("DELETE", Api.PATH)
                .header("Content-Type", type)
                .body(mapper.writeValueAsBytes(Map.of("username", "nobody at all")))
                .send();

        assertThat(reply.header("Content-Type")).isEqualTo(type);
        assertThat(mapper.readTree(reply.bytes())).hasToString(ZEROS);
    }
}
