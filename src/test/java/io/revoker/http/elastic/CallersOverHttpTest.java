package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallersOverHttpTest {
    private static final String NOBODY = "{\"username\":\"nobody at all\"}";
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void challengesACallerWithoutCredentials() {
        Reply reply = delete(NOBODY).send();

        assertThat(reply)
                .hasToString("401 "
                        + unauthenticated(
                                "missing authentication credentials for REST request [/_security/oauth2/token]"));
        assertThat(reply.lines("WWW-Authenticate"))
                .containsExactly("ApiKey", "Basic realm=\"security\" charset=\"UTF-8\"");
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
    }

    @Test
    void namesTheClientWhoseSecretIsWrong() {
        Reply reply = delete(NOBODY).basic("joe", "wrong").send();

        assertThat(reply)
                .hasToString("401 "
                        + unauthenticated(
                                "unable to authenticate user [joe] for REST request [/_security/oauth2/token]"));
        assertThat(delete(NOBODY).basic(ClientFiles.OPS, "wrong").send().status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basic !", "Basic am9l", "Digest x"})
    void refusesCredentialsThatItCannotUse(String authorization) {
        assertThat(delete(NOBODY).header("Authorization", authorization).send())
                .hasToString("401 "
                        + unauthenticated("unable to authenticate with provided credentials and anonymous access is"
                                + " not allowed for this request"));
    }

    @Test
    void refusesCredentialsThatAreGivenTwice() {
        assertThat(delete(NOBODY)
                        .basic(ClientFiles.OPS, ClientFiles.SECRET)
                        .basic(ClientFiles.OPS, ClientFiles.SECRET)
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "ApiKey ", "APIKEY "})
    void letsTheClientIn(String scheme) {
        String credentials = Call.base64(ClientFiles.OPS + ':' + ClientFiles.SECRET);

        assertThat(Api.counts(delete(NOBODY)
                        .header("Authorization", scheme + credentials)
                        .send()))
                .isEqualTo("200 0,0,0");
    }

    @Test
    void namesTheActionThatTheClientMayNotDo() {
        assertThat(delete(NOBODY).basic(ClientFiles.GATEWAY, ClientFiles.SECRET).send())
                .hasToString("403 " + unauthorized("user [" + ClientFiles.GATEWAY + "]"));
    }

    @Test
    void letsNobodyActInAnothersName() {
        assertThat(delete(NOBODY)
                        .basic(ClientFiles.OPS, ClientFiles.SECRET)
                        .header("es-security-runas-user", "joe")
                        .send())
                .hasToString("403 " + unauthorized("user [" + ClientFiles.OPS + "] run as [joe]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"realm_name\":\"corp\"}|200",
                "{\"realm_name\":\"corp\",\"username\":\"joe\"}|200",
                "{\"realm_name\":\"other\"}|403",
                "{\"realm_name\":\"other\",\"username\":\"joe\"}|403",
                "{\"username\":\"joe\"}|403",
                "{\"token\":\"unknown\"}|404"
            })
    void keepsAClientToItsRealms(String body, int status) {
        assertThat(delete(body)
                        .basic(ClientFiles.CORP, ClientFiles.SECRET)
                        .send()
                        .status())
                .isEqualTo(status);
    }

    @Test
    void hidesATokenOfAnotherRealmFromAClientOfOne() {
        String token = ClientFiles.token(service, "other");
        String body = "{\"token\":\"" + token + "\"}";

        Reply hidden = delete(body).basic(ClientFiles.CORP, ClientFiles.SECRET).send();
        Reply seen = delete(body).basic(ClientFiles.OPS, ClientFiles.SECRET).send();

        assertThat(Api.counts(hidden)).isEqualTo("404 0,0,0");
        assertThat(Api.counts(seen)).isEqualTo("200 1,0,0");
    }

    /** Content type, method, credentials, body, query parameters, validation, privilege: the first fault wins. */
    @Test
    void checksInTheOrderOfElasticsearch() {
        assertThat(service.call("GET", Api.PATH)
                        .header("Content-Type", "text/plain")
                        .body("x")
                        .send()
                        .status())
                .isEqualTo(406);
        assertThat(service.call("GET", Api.PATH).send().status()).isEqualTo(405);
        assertThat(delete("").send().status()).isEqualTo(401);
        assertThat(gateway("").body()).contains("request body is required");
        assertThat(gateway("{").body()).contains("json_e_o_f_exception");
        assertThat(service.call("DELETE", Api.PATH + "?foo")
                        .basic(ClientFiles.GATEWAY, ClientFiles.SECRET)
                        .json("{}")
                        .send()
                        .body())
                .contains("unrecognized parameter: [foo]");
        assertThat(gateway("{}").body()).contains("Validation Failed");
        assertThat(gateway("{\"token\":\"x\"}").status()).isEqualTo(403);
    }

    /** Its own words come back to it, and no realm that it did not name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"realm_name\":\"other\"}|realm [other]",
                "{\"realm_name\":\"other\",\"username\":\"joe\"}|realm [other]",
                "{\"username\":\"joe\"}|all realms"
            })
    void namesTheRealmThatTheClientMayNotActIn(String body, String realms) {
        assertThat(delete(body).basic(ClientFiles.CORP, ClientFiles.SECRET).send())
                .hasToString("403 "
                        + unauthorized("user [" + ClientFiles.CORP + "] in " + realms + ", its realms are limited"));
        assertThat(service.call("POST", "/v1/tokens")
                        .basic(ClientFiles.CORP, ClientFiles.SECRET)
                        .json("{\"realm_name\":\"other\",\"username\":\"joe\",\"mint\":[\"access_token\"]}")
                        .send()
                        .body())
                .contains("realm_name: other (expected: one of the realms of the client)");
    }

    private static Call delete(String body) {
        return service.call("DELETE", Api.PATH).json(body);
    }

    private static Reply gateway(String body) {
        return delete(body).basic(ClientFiles.GATEWAY, ClientFiles.SECRET).send();
    }

    private static String unauthenticated(String reason) {
        String cause = "\"type\":\"security_exception\",\"reason\":\"" + reason
                + "\",\"header\":{\"WWW-Authenticate\":[\"ApiKey\",\"Basic realm=\\\"security\\\" charset=\\\"UTF-8\\\"\"]}";
        return "{\"error\":{\"root_cause\":[{" + cause + "}]," + cause + "},\"status\":401}";
    }

    private static String unauthorized(String who) {
        String cause = "\"type\":\"security_exception\",\"reason\":\"action"
                + " [cluster:admin/xpack/security/token/invalidate] is unauthorized for " + who + "\"";
        return "{\"error\":{\"root_cause\":[{" + cause + "}]," + cause + "},\"status\":403}";
    }
}
