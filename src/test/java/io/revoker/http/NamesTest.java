package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that two programs write in two ways. */
@OnEveryRedis
class NamesTest {
    private static final String COMPOSED = "J\u00fcrgen";
    private static final String DECOMPOSED = "Ju\u0308rgen";

    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("r\u00e9alm");
    private final String token = Api.fresh("token");

    NamesTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @Test
    void areToldAsTheyWereRegistered() {
        Reply reply = register(" " + DECOMPOSED);

        assertThat(reply.json().required("username").textValue()).isEqualTo(" " + DECOMPOSED);
        assertThat(service.call("POST", "/oauth2/introspect")
                        .form("token=" + token)
                        .send()
                        .json()
                        .required("username")
                        .textValue())
                .isEqualTo(" " + DECOMPOSED);
        assertThat(service.call("GET", "/v1/check").bearer(token).send().header("X-Auth-Subject"))
                .isEqualTo("%20Ju%CC%88rgen");
        assertThat(register(COMPOSED).status()).isEqualTo(200);
    }

    @Test
    void revokeWhatWasRegisteredInAnyForm() {
        register(DECOMPOSED);
        api.access(realm, COMPOSED + " ");

        assertThat(api.invalidateUserInRealm(realm.replace("\u00e9", "e\u0301"), COMPOSED))
                .isEqualTo("200 2,0,0");
        assertThat(api.check(token)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"joe\\n", "joe\u200b", "\ufeffjoe"})
    void areRefusedIfNobodyCanTellThemFromOthers(String user) {
        Reply registration = register(user);
        Reply revocation = api.invalidate("{\"username\":\"" + user + "\"}");

        assertThat(registration.status()).isEqualTo(400);
        assertThat(registration.json().required("detail").textValue()).startsWith("username: the character U+");
        assertThat(revocation.status()).isEqualTo(400);
        assertThat(revocation.toString()).contains("username: the character U+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u2007", "\u200d", " \u200c ", "\ufe0f"})
    void needMoreThanBlanks(String blank) {
        assertThat(register(blank).json().required("detail").textValue())
                .isEqualTo("username: blank (expected: a name)");
        for (String body : List.of(
                "{\"username\":\"" + blank + "\"}",
                "{\"realm_name\":\"" + realm + "\",\"username\":\"" + blank + "\"}",
                "{\"realm_name\":\"" + blank + "\"}")) {
            assertThat(api.invalidate(body).toString()).startsWith("400 ").contains("name: blank (expected: a name)");
        }
    }

    /** A name of 1,024 characters is one, however many units a program counts in it. */
    @Test
    void areCountedByCharacters() {
        String longest = "\ud83d\ude00".repeat(1024);

        assertThat(register(longest).status()).isEqualTo(201);
        assertThat(service.call("GET", "/v1/check").bearer(token).send().header("X-Auth-Subject"))
                .hasSize(1024 * 4 * 3);
        assertThat(api.invalidateUserInRealm(realm, longest)).isEqualTo("200 1,0,0");
        assertThat(register(longest + "x").json().required("detail").textValue())
                .isEqualTo("username: 1025 characters (expected: 1 to 1024 characters)");
        assertThat(api.invalidate("{\"username\":\"" + longest + "x\"}").toString())
                .startsWith("400 ")
                .contains("username: 1025 characters (expected: 1 to 1024 characters)");
    }

    private Reply register(String user) {
        return api.register(
                "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"access_token\":\"" + token + "\"}");
    }
}
