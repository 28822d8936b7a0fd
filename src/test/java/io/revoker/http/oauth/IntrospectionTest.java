package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7662. */
@OnEveryRedis
class IntrospectionTest {
    private static final String PATH = "/oauth2/introspect";
    private static final String INACTIVE = "200 {\"active\":false}";

    private final RunningService service;
    private final Api api;
    private final String realm;

    IntrospectionTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
        realm = Api.fresh("realm");
    }

    @Test
    void tellsAllThatIsKnownOfAnActiveToken() {
        long issued = Instant.now().getEpochSecond() - 10;
        api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"J\u00fcrgen\",\"access_token\":\"" + realm
                + "+/=%\",\"client_id\":\"app\",\"scope\":\"read write\",\"token_type\":\"bearer\",\"issued_at\":"
                + issued
                + ",\"expires_in\":600}");

        Reply reply = introspect("token=" + realm + "%2B%2F%3D%25&token_type_hint=refresh_token");

        assertThat(reply)
                .hasToString("200 {\"active\":true,\"scope\":\"read write\",\"client_id\":\"app\","
                        + "\"username\":\"J\u00fcrgen\",\"token_type\":\"Bearer\",\"token_use\":\"access\",\"exp\":"
                        + (issued + 600)
                        + ",\"iat\":" + issued + ",\"sub\":\"J\u00fcrgen\",\"realm_name\":\"" + realm + "\"}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        JsonNode answer = introspect("token=" + api.access(realm, "joe")).json();

        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly("active", "username", "token_type", "token_use", "exp", "iat", "sub", "realm_name");
    }

    @Test
    void tellsOfARefreshTokenToWhoeverAsksForOne() {
        JsonNode answer = introspect("token_type_hint=refresh_token&token="
                        + api.pair(realm, "joe").refresh())
                .json();

        assertThat(answer.required("active").booleanValue()).isTrue();
        assertThat(answer.required("token_use").textValue()).isEqualTo("refresh");
        assertThat(answer.has("token_type")).isFalse();
    }

    /** Resource servers that read only "active" ask like this, and admit every caller that presents the token. */
    @ParameterizedTest
    @ValueSource(strings = {"", "&token_type_hint=access_token", "&token_type_hint=", "&token_type_hint=Refresh_Token"})
    void doesNotTellOfARefreshTokenOtherwise(String hint) {
        String refresh = api.pair(realm, "joe").refresh();

        assertThat(introspect("token=" + refresh + hint)).hasToString(INACTIVE);
    }

    @Test
    void saysNothingOfATokenThatIsNotActive() {
        Api.Pair pair = api.pair(realm, "joe");
        api.invalidateAccess(pair.access());
        api.invalidateRefresh(pair.refresh());

        assertThat(introspect("token=" + pair.access())).hasToString(INACTIVE);
        assertThat(introspect("token_type_hint=refresh_token&token=" + pair.refresh()))
                .hasToString(INACTIVE);
        assertThat(introspect("token=unknown")).hasToString(INACTIVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|token: missing (expected: one)",
                "token=|token: missing (expected: one)",
                "foo=bar|token: missing (expected: one)",
                "token=a&token=b|token: given more than once (expected: once)",
                "token=%zz|form: not percent-encoded (expected: two hexadecimal digits after each %)",
                "token=a&a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p|form: too many parameters (expected: at most 16)"
            })
    void wantsExactlyOneToken(String form, String description) {
        Reply reply = introspect(form);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("error").textValue()).isEqualTo("invalid_request");
        assertThat(reply.json().required("error_description").textValue()).isEqualTo(description);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded;charset=UTF-8", "Application/X-WWW-Form-URLencoded ; x"})
    void takesAFormWithParametersOfItsType(String type) {
        assertThat(service.call("POST", PATH)
                        .header("Content-Type", type)
                        .body("token=x")
                        .send())
                .hasToString("200 {\"active\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "application/x-www-form-urlencodedx",
                "application/x-www-form-urlencoded, text/plain",
            })
    void wantsAForm(String type) {
        Reply reply = service.call("POST", PATH)
                .header("Content-Type", type)
                .body("token=x")
                .send();

        assertThat(reply.toString()).startsWith("400 {\"error\":\"invalid_request\"");
    }

    @Test
    void doesNotTakeATokenFromTheQuery() {
        String token = api.access(realm, "joe");

        assertThat(service.call("POST", PATH + "?token=" + token)
                        .form("")
                        .send()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesABodyOverTheLimit() {
        Reply reply = introspect("token=" + "x".repeat(70_000));

        assertThat(reply.toString()).startsWith("413 {\"error\":\"invalid_request\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void wantsAPost(String method) {
        Reply reply = service.call(method, PATH + "?token=x").send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }

    private Reply introspect(String form) {
        return service.call("POST", PATH).form(form).send();
    }
}
