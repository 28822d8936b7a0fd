package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private final RunningService service = RunningService.shared(RedisServers.embedded());

    @Test
    void introducesItself() {
        Reply reply = service.call("GET", "/")
                .header("Content-Type", "application/json")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
        assertThat(reply.json().at("/version/number").textValue()).isEqualTo("7.17.28");
        assertThat(reply.json().at("/cluster_name").textValue()).isEqualTo("revoker");
        assertThat(reply.json().at("/tagline").textValue()).isEqualTo("You Know, for Search");
        assertThat(service.call("GET", "/?filter_path=tagline&pretty").send().body())
                .isEqualTo("{\n  \"tagline\" : \"You Know, for Search\"\n}\n");
    }

    @Test
    void introducesItselfToHead() {
        Reply reply = service.call("HEAD", "/").send();

        assertThat(reply).hasToString("200 ");
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void introducesItselfToNoOtherMethod(String method) {
        Reply reply = service.call(method, "/").send();

        assertThat(reply)
                .hasToString("405 {\"error\":\"Incorrect HTTP method for uri [/] and method [" + method
                        + "], allowed: [GET, HEAD]\",\"status\":405}");
        assertThat(reply.lines("Allow")).containsExactly("GET,HEAD");
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
    }

    @Test
    void saysNothingOfElasticsearchIfToldSo() {
        try (RunningService own = RunningService.start("--elasticsearch.identity=false")) {
            Reply reply = new Api(own).invalidate("{\"username\":\"nobody\"}");

            assertThat(Api.counts(reply)).isEqualTo("200 0,0,0");
            assertThat(reply.lines("X-elastic-product")).isEmpty();
            assertThat(own.call("GET", "/").send().status()).isEqualTo(404);
            assertThat(own.call("POST", "/").send().status()).isEqualTo(404);
            assertThat(own.call("DELETE", "/_xpack/security/oauth2/token")
                            .json("{\"username\":\"nobody\"}")
                            .send()
                            .header("Warning"))
                    .startsWith("299 Revoker \"");
        }
    }
}
