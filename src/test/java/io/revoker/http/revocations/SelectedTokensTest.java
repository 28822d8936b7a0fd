package io.revoker.http.revocations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Revocations of those tokens of a realm or of a user in a realm that have something in common. */
@OnEveryRedis
class SelectedTokensTest {
    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("realm");

    SelectedTokensTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "session_id"})
    void countsFirstAndThenRevokesWhatItCounted(String field) {
        Api.Pair ofJoe = pair("joe", field, "meant");
        Api.Pair ofEve = pair("eve", field, "meant");
        Api.Pair other = pair("joe", field, "other");
        Api.Pair none = api.pair(realm, "joe");
        String target = "{'target':{'realm_name':'REALM','" + field + "':'meant'}";

        assertThat(Api.counts(post(target + ",'dry_run':true}"))).isEqualTo("200 4,0,0");
        assertThat(post(target + ",'expected_max':3}").status()).isEqualTo(409);
        assertThat(Api.counts(post("{'target':{'realm_name':'REALM','username':'joe','" + field + "':'meant'}}")))
                .isEqualTo("200 2,0,0");
        assertThat(List.of(api.isActive(ofJoe.access()), api.isActive(ofEve.access())))
                .containsExactly(false, true);

        Reply reply = post(target + ",'expected_max':2}");

        assertThat(Api.counts(reply)).isEqualTo("200 2,0,0");
        assertThat(reply.header("Revoker-Stamp")).isNotEmpty();
        assertThat(List.of(ofJoe.refresh(), ofEve.access(), ofEve.refresh())).noneMatch(api::isActive);
        assertThat(List.of(other.access(), other.refresh(), none.access())).allMatch(api::isActive);
        assertThat(Api.counts(post(target + "}"))).isEqualTo("200 0,0,0");
        assertThat(sweep(reply).at("/target"))
                .hasToString("{\"" + field + "\":\"meant\",\"realm_name\":\"" + realm + "\"}");
    }

    @Test
    void revokesTheTokensOfAKind() {
        Api.Pair pair = api.pair(realm, "joe");
        String target = "{'target':{'realm_name':'REALM','token_type':'refresh_token'}";

        assertThat(Api.counts(post(target + ",'dry_run':true}"))).isEqualTo("200 1,0,0");
        assertThat(Api.counts(post(target + "}"))).isEqualTo("200 1,0,0");

        assertThat(List.of(api.isActive(pair.access()), api.isActive(pair.refresh())))
                .containsExactly(true, false);
        assertThat(api.invalidateUserInRealm(realm, "joe")).isEqualTo("200 1,1,0");
    }

    @Test
    void tellsTheSessionOfATokenToThoseWhoMayAsk() {
        Reply registered = api.register(json("{'realm_name':'REALM','username':'joe','session_id':'s 7',"
                + "'mint':['access_token','refresh_token']}"));

        assertThat(registered.json().path("session_id").textValue()).isEqualTo("s 7");
        for (String token : List.of("access_token", "refresh_token")) {
            assertThat(service.call("POST", "/oauth2/introspect")
                            .form("token_type_hint=refresh_token&token="
                                    + registered.json().path(token).textValue())
                            .send()
                            .json()
                            .path("sid")
                            .textValue())
                    .isEqualTo("s 7");
        }
        assertThat(service.call("GET", "/v1/tokens?username=joe&realm_name=" + realm)
                        .send()
                        .json()
                        .at("/grants/0/session_id")
                        .textValue())
                .isEqualTo("s 7");
    }

    /** Whether or not it has a session. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",'session_id':'s'"})
    void revokesWhatAKeyHasSigned(String session) {
        String body = "." + Jwts.base64("{\"nonce\":\"" + realm + "\"}") + ".c2ln";
        String meant = Jwts.base64("{\"alg\":\"ES256\",\"kid\":\"k 1\"}") + body;
        String other = Jwts.base64("{\"alg\":\"ES256\",\"kid\":\"k 2\"}") + body;
        for (String token : List.of(meant, other, "opaque-" + realm)) {
            assertThat(api.register(json("{'realm_name':'REALM','username':'joe','access_token':'" + token
                                    + "','mint':['refresh_token']" + session + "}"))
                            .status())
                    .isEqualTo(201);
        }

        assertThat(Api.counts(post("{'target':{'realm_name':'REALM','kid':'k 1'}}")))
                .isEqualTo("200 1,0,0");

        assertThat(List.of(api.check(meant), api.check(other), api.check("opaque-" + realm)))
                .containsExactly(401, 200, 200);
        assertThat(Api.counts(post("{'target':{'realm_name':'REALM'}}"))).isEqualTo("200 5,1,0");
    }

    @Test
    void takesTheSessionOfAJwtThatIsRegistered() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"sid\":\"s8\",\"exp\":4000000000");

        Reply registered = api.register(json("{'realm_name':'REALM','access_token':'" + jwt + "','expires_in':60}"));

        assertThat(registered.json().path("session_id").textValue()).isEqualTo("s8");
        assertThat(Api.counts(post("{'target':{'realm_name':'REALM','session_id':'s8'}}")))
                .isEqualTo("200 1,0,0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{}", "\"s\u00e9ance\"", "\"LONG\""})
    void takesNoSessionByWhichNothingCouldBeRevoked(String sid) {
        String jwt = Jwts.of("\"sub\":\"joe\",\"jti\":\"" + realm + "\",\"exp\":4000000000,\"sid\":"
                + sid.replace("LONG", "x".repeat(1025)));

        Reply registered = api.register(json("{'realm_name':'REALM','access_token':'" + jwt + "','expires_in':60}"));

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.json().has("session_id")).isFalse();
        assertThat(api.isActive(jwt)).isTrue();
    }

    /** A refresh token of an earlier build, or of a client that names no sessions, and the next access token. */
    @Test
    void takesTheSessionOfAJwtBesideARefreshTokenWithoutOne() {
        String refresh = "refresh-" + realm;
        String kept = "{'realm_name':'REALM','username':'joe','refresh_token':'" + refresh + "'";
        String jwt = Jwts.of("\"sub\":\"joe\",\"sid\":\"s9\",\"jti\":\"" + realm + "\",\"exp\":4000000000");
        String pair = kept + ",'expires_in':60,'access_token':'" + jwt + "'}";
        api.register(json(kept + "}"));

        Reply registered = api.register(json(pair));

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.json().path("session_id").textValue()).isEqualTo("s9");
        assertThat(api.register(json(pair)).status()).isEqualTo(200);
        assertThat(Api.counts(post("{'target':{'realm_name':'REALM','session_id':'s9'}}")))
                .isEqualTo("200 1,0,0");
        assertThat(List.of(api.isActive(jwt), api.isActive(refresh))).containsExactly(false, true);
    }

    @Test
    void needNotWaitForTheSweep() {
        Api.Pair pair = pair("joe", "client_id", "meant");

        Reply reply = service.call("POST", "/v1/revocations?wait_for_completion=false")
                .json(json("{'target':{'realm_name':'REALM','client_id':'meant'}}"))
                .send();

        assertThat(reply.status()).isEqualTo(202);
        assertThat(api.check(pair.access())).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'client_id':'x'}|target: names nothing",
                "{'username':'joe','client_id':'x'}|target: a selection without a realm (expected: realm_name)",
                "{'realm_name':'REALM','client_id':''}|target.client_id: not a string with at least one character",
                "{'realm_name':'REALM','client_id':'\u00e9'}|client_id: a character that it can't have",
                "{'realm_name':'REALM','client_id':'x','session_id':'y'}|target: more than one of client_id, session_id, token_type, kid (expected: one)",
                "{'realm_name':'REALM','client_id':7}|target.client_id: not a string",
                "{'all':false}|target.all: not true (expected: true)",
                "{'all':'true'}|target.all: not true (expected: true)",
                "{'all':true,'realm_name':'REALM'}|target: an unknown field (expected: all)",
                "{'realm_name':'REALM','token_type':'bearer'}|token_type: unknown (expected: access_token or refresh_token)",
                "{'token':'x','client_id':'y'}|target: an unknown field"
            })
    void refusesWhatIsNoSelection(String target, String detail) {
        Reply reply = post("{'target':" + target + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).startsWith(detail);
    }

    private JsonNode sweep(Reply reply) {
        return service.call("GET", "/v1/sweeps/" + reply.header("Revoker-Stamp"))
                .send()
                .json();
    }

    private Api.Pair pair(String user, String field, String value) {
        JsonNode grant = api.register(json("{'realm_name':'REALM','username':'" + user
                        + "','mint':['access_token','refresh_token'],'" + field + "':'" + value + "'}"))
                .json();
        return new Api.Pair(
                grant.required("access_token").textValue(),
                grant.required("refresh_token").textValue());
    }

    private Reply post(String body) {
        return service.call("POST", "/v1/revocations").json(json(body)).send();
    }

    private String json(String text) {
        return text.replace('\'', '"').replace("REALM", realm);
    }
}
