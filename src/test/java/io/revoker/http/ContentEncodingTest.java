package io.revoker.http;

import static io.revoker.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A body that is read as a whole may be compressed with gzip, and is bounded all the same; a stream may not. */
class ContentEncodingTest {
    private static final String NO_GZIP = "body: can't be inflated (expected: gzip, as Content-Encoding says)";

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);

    /** Every call that has a body. */
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
        INVALIDATE_BY_POST("POST", "/_security/oauth2/token/_invalidate", "application/json", "{\"token\":\"%s\"}"),
        INVALIDATE_AS_OF_OLD("DELETE", "/_xpack/security/oauth2/token", "application/json", "{\"token\":\"%s\"}"),
        CREATE("POST", "/_security/oauth2/token", "application/json", "{\"grant_type\":\"%s\"}"),
        INTROSPECT("POST", "/oauth2/introspect", "application/x-www-form-urlencoded", "token=%s"),
        REVIEW(
                "POST",
                "/k8s/tokenreview",
                "application/json",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"%s\"}}");

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
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"REGISTER_STREAM", "REVOCATIONS"})
    void takesABodyThatIsCompressed(Coded coded) {
        String plain = timeless(coded.call(service).body(coded.body(api.access("coded", "joe"))));
        for (String coding : List.of("gzip", "GZip", "x-gzip", "identity, gzip")) {
            byte[] body = gzip(coded.body(api.access("coded", "joe")));

            assertThat(timeless(coded.call(service)
                            .header("Content-Encoding", coding)
                            .body(body)
                            .chunked()))
                    .isEqualTo(plain);
        }
    }

    private static String timeless(Call call) {
        return call.send().toString().replaceAll("\\d{10}", "then");
    }

    @Test
    void doesWhatACompressedBodySays() {
        String token = api.access("coded", "joe");

        assertThat(Api.counts(coded(Coded.INVALIDATE, gzip(Coded.INVALIDATE.body(token)))))
                .isEqualTo("200 1,0,0");
        assertThat(api.check(token)).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(names = {"REGISTER_STREAM", "REVOCATIONS"})
    void refusesAStreamThatIsCompressed(Coded coded) {
        Reply reply = coded(coded, gzip(coded.body("any")));

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body()).contains("Content-Encoding");
        assertThat(reply.header("Accept-Encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryOtherCoding(Coded coded) {
        for (String coding : List.of("br", "zstd", "deflate", "gzip, gzip", "gzip, br", "x")) {
            Reply reply = coded.call(service)
                    .header("Content-Encoding", coding)
                    .body(coded.body("any"))
                    .send();

            assertThat(reply.status()).isEqualTo(415);
            assertThat(reply.header("Accept-Encoding")).isIn("gzip", "identity");
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNothingWithABodyThatOnlySaysToBeCompressed(Coded coded) {
        String live = api.access("coded", "joe");
        String unknown = Api.fresh("unknown");
        for (String token : List.of(live, unknown)) {
            assertThat(coded(coded, coded.body(token)).status()).isIn(400, 415);
        }
        assertThat(api.check(live)).isEqualTo(200);
        assertThat(api.check(unknown)).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"REGISTER_STREAM", "REVOCATIONS"})
    void boundsWhatABodyInflatesTo(Coded coded) {
        int limit = coded == Coded.CHECKS ? 2 << 20 : 64 << 10;
        byte[] body = coded.body("any");

        Reply full = coded(coded, gzip(padded(body, limit)));
        Reply over = coded(coded, gzip(padded(body, limit + 1)));
        Reply bomb = coded(coded, gzip(padded(body, 20 * limit)));

        assertThat(full.status()).isNotEqualTo(413);
        assertThat(over.status()).isEqualTo(413);
        assertThat(bomb.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @EnumSource
    void takesABodyThatSaysToBeAsItIs(Coded coded) {
        Reply reply = coded.call(service)
                .header("Content-Encoding", "Identity")
                .body(coded.body(api.access("coded", "joe")))
                .send();

        assertThat(reply.status()).isIn(200, 400, 409);
    }

    @Test
    void saysWhyInTheWordsOfEachWire() {
        assertThat(refusal(Coded.CHECKS, "br"))
                .isEqualTo("415 {\"type\":\"about:blank\",\"title\":\"Unsupported Media Type\",\"status\":415,"
                        + "\"detail\":\"Content-Encoding: expected gzip or none\"}");
        assertThat(refusal(Coded.INVALIDATE, "br"))
                .isEqualTo("415 {\"error\":\"Content-Encoding header [br] is not supported, expected gzip or none\","
                        + "\"status\":415}");
        assertThat(refusal(Coded.INTROSPECT, "br"))
                .isEqualTo("415 {\"error\":\"invalid_request\",\"error_description\":"
                        + "\"Content-Encoding: expected gzip or none\"}");
        assertThat(refusal(Coded.CHECKS, "gzip"))
                .isEqualTo("400 {\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400," + "\"detail\":\""
                        + NO_GZIP + "\"}");
        assertThat(refusal(Coded.INVALIDATE, "gzip")).isEqualTo("400 {\"error\":\"" + NO_GZIP + "\",\"status\":400}");
        assertThat(refusal(Coded.INTROSPECT, "gzip"))
                .isEqualTo("400 {\"error\":\"invalid_request\",\"error_description\":\"" + NO_GZIP + "\"}");
    }

    private String refusal(Coded coded, String coding) {
        return coded.call(service)
                .header("Content-Encoding", coding)
                .body(coded.body("any"))
                .send()
                .toString();
    }

    private Reply coded(Coded coded, byte[] body) {
        return coded.call(service).header("Content-Encoding", "gzip").body(body).send();
    }

    /** With blanks at the end, which mean nothing in JSON. */
    private static byte[] padded(byte[] body, int length) {
        byte[] padded = Arrays.copyOf(body, length);
        Arrays.fill(padded, body.length, length, (byte) ' ');
        return padded;
    }
}
