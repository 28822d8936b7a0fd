package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7009. */
@OnEveryRedis
class TokenRevocationTest {
    private static final String PATH = "/oauth2/revoke";

    private final RunningService service;
    private final Api api;
    private final String realm;

    TokenRevocationTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
        realm = Api.fresh("realm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&token_type_hint=access_token",
                "&token_type_hint=refresh_token",
                "&token_type_hint=id_token"
            })
    void revokesAnAccessTokenAndLeavesItsRefreshTokenWhateverTheHint(String hint) {
        Api.Pair pair = api.pair(realm, "joe");

        revokes("token=" + pair.access() + hint);

        assertThat(api.isActive(pair.access())).isFalse();
        assertThat(api.isActive(pair.refresh())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token_type_hint=access_token&", "token_type_hint=refresh_token&", "token_type_hint=&"})
    void revokesARefreshTokenWithItsAccessTokenWhateverTheHint(String hint) {
        Api.Pair pair = api.pair(realm, "joe");
        Api.Pair other = api.pair(realm, "joe");

        revokes(hint + "token=" + pair.refresh());

        assertThat(api.isActive(pair.refresh())).isFalse();
        assertThat(api.isActive(pair.access())).isFalse();
        assertThat(api.invalidateRefresh(pair.refresh())).isEqualTo("200 0,1,0");
        assertThat(api.isActive(other.refresh())).isTrue();
        assertThat(api.isActive(other.access())).isTrue();
    }

    @Test
    void writesOneLineForWhatItRevokedAndNoneForWhatItDidNotFind() {
        Api.Pair pair = api.pair(realm, "joe");
        try (LogCapture lines = LogCapture.open(Level.INFO)) {
            revokes("token=" + pair.refresh());
            revokes("token=unknown");

            assertThat(lines.lines())
                    .filteredOn(line -> line.contains("TokenRevocationRoutes"))
                    .singleElement()
                    .asString()
                    .contains("revocation caller=anonymous target=grant outcome=counted")
                    .contains("invalidated=2 previously_invalidated=0")
                    .doesNotContain(pair.refresh());
        }
    }

    @Test
    void answersTheSameOfWhatIsNotThereToRevoke() {
        String token = api.access(realm, "joe");

        revokes("token=" + token);
        revokes("token=" + token);
        revokes("token=unknown");
        revokes("token=%00%01");
        revokes("token=" + "garbage.".repeat(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token=", "foo=bar", "token_type_hint=refresh_token"})
    void wantsAToken(String form) {
        Reply reply = revoke(form);

        assertThat(reply)
                .hasToString("400 {\"error\":\"invalid_request\",\"error_description\":"
                        + "\"token: missing (expected: one)\"}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void wantsAFormAndAPost() {
        assertThat(service.call("POST", PATH).json("{\"token\":\"x\"}").send().toString())
                .startsWith("400 {\"error\":\"invalid_request\"");
        assertThat(service.call("GET", PATH + "?token=x").send()).satisfies(reply -> {
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("POST");
        });
        assertThat(revoke("token=" + "x".repeat(70_000)).toString()).startsWith("413 {\"error\":\"invalid_request\"");
    }

    @Test
    void leavesTheAccessTokenAloneIfTheSettingsSaySo() {
        try (RunningService alone = RunningService.start("--oauth.revoke-pair=false")) {
            Api its = new Api(alone);
            Api.Pair pair = its.pair(realm, "joe");

            assertThat(alone.call("POST", PATH).form("token=" + pair.refresh()).send())
                    .hasToString("200 {}");

            assertThat(its.isActive(pair.refresh())).isFalse();
            assertThat(its.isActive(pair.access())).isTrue();
        }
    }

    private void revokes(String form) {
        Reply reply = revoke(form);
        assertThat(reply).hasToString("200 {}");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    private Reply revoke(String form) {
        return service.call("POST", PATH).form(form).send();
    }
}
