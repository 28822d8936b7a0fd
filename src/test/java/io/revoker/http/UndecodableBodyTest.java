package io.revoker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every body is UTF-8 (RFC 8259, section 8.1; the URL standard for forms): read as anything else, it might name another token. */
class UndecodableBodyTest {
    private final RunningService service = RunningService.shared(RedisServers.embedded());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/tokens|application/json|{'realm_name':'r','username':'u','access_token':'\u00e4'}",
                "POST|/v1/checks|application/json|{'tokens':['\u00e4']}",
                "DELETE|/_security/oauth2/token|application/json|{'token':'\u00e4'}",
                "DELETE|/_security/oauth2/token|application/yaml|token: \u00e4",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded|token=\u00e4",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded|token=%e4",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded|token=a&other=%c3%28",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded|token=%ed%a0%80",
                // Longer forms than the shortest, of l, of NUL and of a euro sign; and half of a pair.
                "POST|/v1/tokens|application/json|{'realm_name':'r','username':'\u00c1\u00ac','access_token':'a'}",
                "POST|/v1/tokens|application/json|{'realm_name':'r','user\u00c1\u00aeame':'u','access_token':'a'}",
                "POST|/v1/checks|application/json|{'tokens':['a\u00c0\u0080']}",
                "POST|/v1/checks|application/json|{'tokens':['\u00f0\u0082\u0082\u00ac']}",
                "POST|/v1/checks|application/json|{'tokens':['\u00ed\u00a0\u0080']}",
                "DELETE|/_security/oauth2/token|application/json|{'username':'\u00c1\u00ac'}",
                "DELETE|/_security/oauth2/token|application/yaml|username: \u00c1\u00ac",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded|token=%c1%ac",
            })
    void isRefused(String method, String path, String type, String body) {
        assertThat(send(method, path, type, body, ISO_8859_1).status()).isEqualTo(400);
    }

    /** Also if it could be read: its sender means another text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/tokens|application/json; charset=ISO-8859-1|{'realm_name':'r','username':'u','access_token':'a'}",
                "POST|/v1/tokens|application/x-ndjson;charset=windows-1252|{'realm_name':'r','username':'u','access_token':'a'}",
                "POST|/v1/checks|application/json;charset=utf-16|{'tokens':['a']}",
                "POST|/v1/checks|application/json; x=y; Charset = \"latin1\"|{'tokens':['a']}",
                "POST|/v1/checks|application/json; charset=utf-8; charset=latin1|{'tokens':['a']}",
                "POST|/v1/checks|application/json; charset=|{'tokens':['a']}",
                "POST|/v1/checks|application/json; charset=no such|{'tokens':['a']}",
                "POST|/v1/revocations|application/json;charset=ISO-8859-1|{'target':{'username':'u'}}",
                "POST|/v1/revoke_tokens|application/json;charset=ISO-8859-1|[]",
                "POST|/k8s/tokenreview|application/json;charset=ISO-8859-1|{}",
                "POST|/oauth2/global-token-revocation|application/json;charset=ISO-8859-1|{}",
                "POST|/ssf/events|application/secevent+jwt;charset=ISO-8859-1|a.b.c",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded; charset=ISO-8859-1|token=a",
                "POST|/oauth2/revoke|application/x-www-form-urlencoded; charset=ISO-8859-1|token=a",
                "POST|/oidc/backchannel-logout|application/x-www-form-urlencoded; charset=ISO-8859-1|logout_token=a"
            })
    void isRefusedInAnotherCharset(String method, String path, String type, String body) {
        Reply reply = send(method, path, type, body, ISO_8859_1);

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body()).contains("Content-Type: another charset (expected: UTF-8)");
    }

    /** Elasticsearch ignores it. */
    @Test
    void isRefusedInAnotherCharsetAsElasticsearchRefusesAType() {
        String type = "application/json; charset=ISO-8859-1";

        assertThat(send("DELETE", "/_security/oauth2/token", type, "{'token':'a'}", ISO_8859_1))
                .hasToString("406 {\"error\":\"Content-Type header [" + type + "] is not supported\",\"status\":406}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/checks|application/json;charset=UTF-8|{'tokens':['a']}",
                "POST|/v1/checks|application/json; charset=\"utf-8\"|{'tokens':['a']}",
                "POST|/v1/checks|application/json; charset=utf8|{'tokens':['a']}",
                "POST|/v1/checks|application/json; charset=us-ascii|{'tokens':['a']}",
                "POST|/v1/checks|application/json; x-charset=latin1|{'tokens':['a']}",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded; charset=UTF-8|token=a"
            })
    void maySayThatItIsUtf8(String method, String path, String type, String body) {
        assertThat(send(method, path, type, body, UTF_8).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/tokens|application/json|{'realm_name':'r','username':'u','access_token':'a'}",
                "POST|/v1/checks|application/json|{'tokens':['a']}",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded|token=a"
            })
    void isRefusedIfItIsAnotherFormOfUnicode(String method, String path, String type, String body) {
        assertThat(send(method, path, type, body, UTF_16BE).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/tokens|{'realm_name':'r','username':'u','access_token':'\u00e4'}",
                "/v1/revocations|{'token':'\u00e4'}",
                "/v1/revocations|{'token':'\u00c1\u00ac'}"
            })
    void isRefusedAsALineOfAStream(String path, String line) {
        Reply reply = send("POST", path, "application/x-ndjson", line, ISO_8859_1);

        assertThat(reply.toString()).startsWith("200 {\"status\":400,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/checks|application/json|{'tokens':['\u00e4']}",
                "POST|/oauth2/introspect|application/x-www-form-urlencoded|token=\u00e4&b=%c3%a4"
            })
    void isTakenAsUtf8(String method, String path, String type, String body) {
        assertThat(send(method, path, type, body, UTF_8).status()).isEqualTo(200);
    }

    /** A digit in a longer form is no digit of a sweep's name. */
    @Test
    void isNotReadInAPathEither() {
        String name = new Api(service).beginSweep("{\"realm_name\":\"" + Api.fresh("realm") + "\"}");
        String other = "%c0%b" + name.charAt(0) + name.substring(1);

        assertThat(service.call("GET", "/v1/sweeps/" + name).send().status()).isEqualTo(200);
        assertThat(service.call("GET", "/v1/sweeps/" + other).send().status()).isEqualTo(404);
    }

    /** Some editors begin a file with it. */
    @Test
    void mayBeginWithAByteOrderMark() {
        assertThat(send("POST", "/v1/checks", "application/json", "\ufeff{'tokens':['a']}", UTF_8)
                        .status())
                .isEqualTo(200);
    }

    private Reply send(String method, String path, String type, String body, Charset charset) {
        return service.call(method, path)
                .header("Content-Type", type)
                .body(body.replace('\'', '"').getBytes(charset))
                .send();
    }
}
