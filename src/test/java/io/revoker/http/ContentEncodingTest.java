package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A body is taken as it is, so one that says to be something else is not taken at all. */
class ContentEncodingTest {
    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);

    /** Every call that has a body, and how it refuses. */
    enum Coded {
        REGISTER(
                "POST",
                "/v1/tokens",
                "application/json",
                "{\"realm_name\":\"r\",\"username\":\"u\",\"access_token\":\"%s\"}"),
        REGISTER_STREAM(
                "POST",
                "/v1/tokens",
                "application/x-ndjson",
                "{\"realm_name\":\"r\",\"username\":\"u\",\"access_token\":\"%s\"}"),
        CHECKS("POST", "/v1/checks", "application/json", "{\"tokens\":[\"%s\"]}"),
        REVOCATIONS("POST", "/v1/revocations", "application/x-ndjson", "{\"token\":\"%s\"}"),
        INVALIDATE("DELETE", "/_security/oauth2/token", "application/json", "{\"token\":\"%s\"}"),
        INVALIDATE_BY_POST("POST", "/_security/oauth2/token", "application/json", "{\"token\":\"%s\"}"),
        INVALIDATE_AS_OF_OLD("DELETE", "/_xpack/security/oauth2/token", "application/json", "{\"token\":\"%s\"}"),
        INTROSPECT("POST", "/oauth2/introspect", "application/x-www-form-urlencoded", "token=%s");

        private final String method;
        private final String path;
        private final String type;
        private final String body;

        Coded(String method, String path, String type, String body) {
            this.method = method;
            this.path = path;
            this.type = type;
            this.body = body;
        }

        Call call(RunningService service) {
            return service.call(method, path).header("Content-Type", type);
        }

        byte[] body(String token) {
            return body.replace("%s", token).getBytes(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesABodyThatIsCompressed(Coded coded) throws IOException {
        Reply reply = coded.call(service)
                .header("Content-Encoding", "gzip")
                .body(compressed(coded.body("any")))
                .send();

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body()).contains("Content-Encoding");
        assertThat(reply.header("Accept-Encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @EnumSource
    void doesNothingWithABodyThatOnlySaysSo(Coded coded) {
        String live = api.access("coded", "joe");
        String unknown = Api.fresh("unknown");
        for (String coding : List.of("gzip", "identity, br", "x")) {
            for (String token : List.of(live, unknown)) {
                Reply reply = coded.call(service)
                        .header("Content-Encoding", coding)
                        .body(coded.body(token))
                        .send();

                assertThat(reply.status()).isEqualTo(415);
            }
        }
        assertThat(api.check(live)).isEqualTo(200);
        assertThat(api.check(unknown)).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void takesABodyThatSaysToBeAsItIs(Coded coded) {
        Reply reply = coded.call(service)
                .header("Content-Encoding", "Identity")
                .body(coded.body(api.access("coded", "joe")))
                .send();

        assertThat(reply.status()).isIn(200, 409);
    }

    @Test
    void saysWhyInTheWordsOfEachWire() {
        assertThat(refusal(Coded.CHECKS))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unsupported Media Type\",\"status\":415,"
                        + "\"detail\":\"Content-Encoding: expected identity\"}");
        assertThat(refusal(Coded.INVALIDATE))
                .isEqualTo(
                        "{\"error\":\"Content-Encoding header [gzip] is not supported, expected identity\",\"status\":415}");
        assertThat(refusal(Coded.INTROSPECT))
                .isEqualTo(
                        "{\"error\":\"invalid_request\",\"error_description\":\"Content-Encoding: expected identity\"}");
    }

    private String refusal(Coded coded) {
        return coded.call(service)
                .header("Content-Encoding", "gzip")
                .body(coded.body("any"))
                .send()
                .body();
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }
}
