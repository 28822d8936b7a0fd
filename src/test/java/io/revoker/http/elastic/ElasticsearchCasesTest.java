package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Api.Pair;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.RunningService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The cases of Elasticsearch's own suites (YAML tests, TokenAuthIntegTests, TokenServiceTests, SecurityDocumentationIT), by their names there, that concern
 * what a caller of the invalidation sees.
 */
@OnEveryRedis
class ElasticsearchCasesTest {
    private static final String DONE = "200 1,0,0";

    private final Api api;
    private final String realm = Api.fresh("default_native");
    private final String user = Api.fresh("token_user");

    ElasticsearchCasesTest(Server redis) {
        api = new Api(RunningService.shared(redis));
    }

    @Test
    void getAndUseToken() {
        var grant = api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user
                        + "\",\"mint\":[\"access_token\",\"refresh_token\"]}")
                .json();
        var check = api.service()
                .call("GET", "/v1/check")
                .bearer(grant.required("access_token").textValue())
                .send();

        assertThat(grant.required("expires_in").intValue()).isEqualTo(1200);
        assertThat(grant.has("scope")).isFalse();
        assertThat(check.status()).isEqualTo(200);
        assertThat(check.header("X-Auth-Subject")).isEqualTo(user);
    }

    @Test
    void invalidateToken() {
        Pair pair = api.pair(realm, user);
        assertThat(api.check(pair.access())).isEqualTo(200);

        assertThat(api.invalidateAccess(pair.access())).isEqualTo(DONE);
        assertThat(api.check(pair.access())).isEqualTo(401);
    }

    @Test
    void invalidateUsersTokens() {
        Pair pair = api.pair(realm, user);

        assertThat(api.invalidateUser(user)).isEqualTo("200 2,0,0");
        assertThat(api.check(pair.access())).isEqualTo(401);
    }

    @Test
    void invalidateRealmsTokens() {
        Pair pair = api.pair(realm, user);

        assertThat(api.invalidateRealm(realm)).isEqualTo("200 2,0,0");
        assertThat(api.check(pair.access())).isEqualTo(401);
    }

    @Test
    void accessAndRefreshTokenReturnStatuses() {
        for (String token : List.of(
                "!this_is_not_a_base64_string_and_we_should_fail_decoding_it",
                "10we+might+assume+this+is+valid+old+token",
                "46ToAxYzNUdPZWdYOFRQcWhjeHR3NWpvTmVB",
                "fooobar")) {
            assertThat(api.invalidateAccess(token)).isEqualTo(Api.UNKNOWN);
            assertThat(api.invalidateRefresh(token)).isEqualTo(Api.UNKNOWN);
            assertThat(api.check(token)).isEqualTo(401);
        }
    }

    @Test
    void accessTokenAndRefreshTokenCanBeInvalidatedIndependently() {
        Pair one = api.pair(realm, user);
        Pair other = api.pair(realm, user);

        assertThat(api.invalidateAccess(one.access())).isEqualTo(DONE);
        assertThat(api.invalidateRefresh(one.refresh())).isEqualTo(DONE);
        assertThat(api.invalidateRefresh(other.refresh())).isEqualTo(DONE);
        assertThat(api.check(other.access())).isEqualTo(200);
        assertThat(api.invalidateAccess(other.access())).isEqualTo(DONE);
    }

    /** Each field finds tokens of its own kind only. */
    @Test
    void aRefreshTokenIsNoAccessToken() {
        Pair pair = api.pair(realm, user);

        assertThat(api.invalidateAccess(pair.refresh())).isEqualTo(Api.UNKNOWN);
        assertThat(api.invalidateRefresh(pair.access())).isEqualTo(Api.UNKNOWN);
        assertThat(api.check(pair.access())).isEqualTo(200);
    }

    @Test
    void invalidateAllTokensForUser() {
        Stream.generate(() -> api.pair(realm, user)).limit(7).forEach(pair -> {});

        assertThat(api.invalidateUser(user)).isEqualTo("200 14,0,0");
    }

    @Test
    void invalidateAllTokensForRealm() {
        Stream.generate(() -> api.pair(realm, Api.fresh("user"))).limit(7).forEach(pair -> {});

        assertThat(api.invalidateRealm(realm)).isEqualTo("200 14,0,0");
    }

    @Test
    void invalidateAllTokensForRealmThatHasNone() {
        Pair pair = api.pair(realm, user);

        assertThat(api.invalidateRealm(Api.fresh("saml"))).isEqualTo("200 0,0,0");
        assertThat(api.check(pair.access())).isEqualTo(200);
    }

    @Test
    void invalidateMultipleTimes() {
        Pair pair = api.pair(realm, user);

        assertThat(api.invalidateAccess(pair.access())).isEqualTo(DONE);
        assertThat(api.invalidateAccess(pair.access())).isEqualTo("200 0,1,0");
        assertThat(api.invalidateRefresh(pair.refresh())).isEqualTo(DONE);
        assertThat(api.invalidateRefresh(pair.refresh())).isEqualTo("200 0,1,0");
    }

    @Test
    void clientCredentialsGrant() {
        String token = api.access(realm, user);

        assertThat(api.invalidateAccess(token)).isEqualTo(DONE);
        assertThat(api.check(token)).isEqualTo(401);
    }

    @Test
    void creatorRealmCaptureWillWorkWithClientRunAs() {
        api.access(realm, user);

        assertThat(api.invalidateUserInRealm(realm, user)).isEqualTo(DONE);
    }

    @Test
    void malformedTokens() {
        Pair pair = api.pair(realm, user);

        for (int i = 0; i < pair.access().length(); i += 5) {
            assertThat(api.check(corrupted(pair.access(), i))).isEqualTo(401);
            assertThat(api.invalidateAccess(corrupted(pair.access(), i))).isEqualTo(Api.UNKNOWN);
            assertThat(api.invalidateRefresh(corrupted(pair.refresh(), i))).isEqualTo(Api.UNKNOWN);
        }
        assertThat(api.check(pair.access())).isEqualTo(200);
    }

    @Test
    void concurrentCallsInvalidateATokenOnce() {
        Pair pair = api.pair(realm, user);

        List<CompletableFuture<String>> calls = Stream.generate(() -> api.service()
                        .call("DELETE", Api.PATH)
                        .json("{\"token\":\"" + pair.access() + "\"}")
                        .sendAsync()
                        .thenApply(Api::counts))
                .limit(8)
                .toList();

        assertThat(calls.stream().map(CompletableFuture::join))
                .containsOnlyOnce(DONE)
                .filteredOn(counts -> !counts.equals(DONE))
                .hasSize(7)
                .containsOnly("200 0,1,0");
    }

    /** SecurityDocumentationIT.testInvalidateToken, which is also the sequence of the high level client's documentation. */
    @Test
    void theSequenceOfTheDocumentation() {
        Pair first = api.pair(realm, user);
        List<String> others = Stream.of("this", "that", "other", "extra")
                .map(name -> name + user)
                .toList();
        others.forEach(name -> api.pair(realm, name));

        assertThat(api.invalidateAccess(first.access())).isEqualTo(DONE);
        assertThat(api.invalidateRefresh(first.refresh())).isEqualTo(DONE);
        assertThat(api.invalidateUser(others.get(2))).isEqualTo("200 2,0,0");
        assertThat(api.invalidateUserInRealm(realm, others.get(3))).isEqualTo("200 2,0,0");
        assertThat(api.invalidateRealm(realm)).isEqualTo("200 4,0,0");
        assertThat(api.invalidateRealm(realm)).isEqualTo("200 0,0,0");
    }

    private static String corrupted(String token, int index) {
        char other = token.charAt(index) == 'x' ? 'y' : 'x';
        return token.substring(0, index) + other + token.substring(index + 1);
    }
}
