package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryRedis
class CheckTest {
    private final Server redis;
    private final RunningService service;
    private final Api api;
    private final String token;

    CheckTest(Server redis) {
        this.redis = redis;
        service = RunningService.shared(redis);
        api = new Api(service);
        token = api.access(Api.fresh("realm"), "joe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"})
    void answersEveryMethod(String method) {
        Reply good = service.call(method, "/v1/check").bearer(token).send();
        Reply bad = service.call(method, "/v1/check").bearer("unknown").send();

        assertThat(good).hasToString("200 ");
        assertThat(bad).hasToString("401 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/check/",
                "/v1/check?x=%zz&y",
                "/v1/check/orders/7?z=1",
                "/v1/check/a%2Fb%2f..%2f..",
                "/v1/check/%zz",
                "/v1/check//x//",
                "/v1/check/../../",
                "/v1/check/../../openapi.yaml",
                "/v1/check/%2e%2e/%2e%2e/",
                "/v1/check/\u00e4"
            })
    void answersForEveryPathBelow(String path) {
        RawConnection.Answer good = raw(path, "Bearer " + token);

        assertThat(good.status()).isEqualTo(200);
        assertThat(good.headers()).containsEntry("x-auth-subject", "joe");
        assertThat(raw(path, "Bearer unknown").status()).isEqualTo(401);
    }

    @Test
    void readsLongPaths() {
        assertThat(service.call("GET", "/v1/check/" + "a".repeat(12_000))
                        .bearer(token)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void readsTheSchemeInAnyCase(String scheme) {
        assertThat(raw("/v1/check", scheme + token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer  ", "Basic am9lOmpvZQ==", "", "Token x"})
    void asksForATokenIfThereIsNone(String authorization) {
        RawConnection.Answer answer = raw("/v1/check", authorization);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers())
                .containsEntry("www-authenticate", "Bearer")
                .containsEntry("cache-control", "no-store");
    }

    @Test
    void takesTwoTokensForNone() {
        assertThat(service.call("GET", "/v1/check")
                        .bearer(token)
                        .bearer(token)
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void ignoresTheBody() {
        assertThat(service.call("POST", "/v1/check")
                        .bearer(token)
                        .form("%zz=" + "x".repeat(500_000))
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(service.call("POST", "/v1/check")
                        .bearer(token)
                        .header("Content-Type", "multipart/form-data")
                        .body("x")
                        .chunked()
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsWhoseTokenItIs() {
        Reply reply = check(register("joe", ",\"client_id\":\"app\",\"scope\":\"read write\""));

        assertThat(reply.header("X-Auth-Subject")).isEqualTo("joe");
        assertThat(reply.header("X-Auth-Realm")).isEqualTo("header realm");
        assertThat(reply.header("X-Auth-Client")).isEqualTo("app");
        assertThat(reply.header("X-Auth-Scope")).isEqualTo("read write");
        assertThat(reply.header("X-Auth-Exp")).matches("\\d{10}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    /** Gateways hand on what the client has sent where the answer lacks a header, and some of them where it is empty. */
    @Test
    void tellsTheSameOfEveryTokenAndNothingTwice() {
        List<String> names = List.of("X-Auth-Subject", "X-Auth-Realm", "X-Auth-Exp", "X-Auth-Client", "X-Auth-Scope");
        for (String facts :
                List.of("", ",\"client_id\":\"app\"", ",\"scope\":\"read\"", ",\"client_id\":\" \",\"scope\":\"-\"")) {
            Reply reply = check(register("joe", facts));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(names)
                    .allSatisfy(name -> assertThat(reply.lines(name))
                            .as(name + " of " + facts)
                            .singleElement()
                            .asString()
                            .isNotBlank());
        }
    }

    @Test
    void saysWhatIsNotKnownByAHyphen() {
        Reply none = check(token);
        Reply hyphens = check(register("-", ",\"client_id\":\"-\",\"scope\":\"-\""));

        assertThat(List.of(none.header("X-Auth-Client"), none.header("X-Auth-Scope")))
                .containsExactly("-", "-");
        assertThat(List.of(
                        hyphens.header("X-Auth-Subject"),
                        hyphens.header("X-Auth-Client"),
                        hyphens.header("X-Auth-Scope")))
                .containsExactly("%2D", "%2D", "%2D");
    }

    /** Names may hold anything; a header must not. */
    @Test
    void encodesWhatIsNoHeaderText() {
        assertThat(check(register("J\u00fcrgen \u6f22", "")).header("X-Auth-Subject"))
                .isEqualTo("J%C3%BCrgen %E6%BC%A2");
        assertThat(check(register("100%", "")).header("X-Auth-Subject")).isEqualTo("100%25");
        assertThat(check(register(" joe ", "")).header("X-Auth-Subject")).isEqualTo("%20joe%20");
    }

    @Test
    void saysWhatIsWrongWithTheToken() {
        api.invalidateAccess(token);

        assertThat(check(token).header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"revoked\"");
        assertThat(check("unknown").header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"unknown or expired\"");
    }

    @Test
    void letsNobodyInWithARefreshToken() {
        String refresh = api.pair(Api.fresh("realm"), "joe").refresh();

        assertThat(check(refresh).status()).isEqualTo(401);
        assertThat(check(refresh).header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"not an access token\"");
        assertThat(api.invalidateRefresh(refresh)).isEqualTo("200 1,0,0");
        assertThat(check(refresh).header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"revoked\"");
    }

    @Test
    void letsAnAllowingAnswerBeKeptIfToldSo() {
        try (RunningService own = RunningService.on(redis.url(), "--check.max-age=5s")) {
            String good = new Api(own).access("realm", "joe");
            Reply allowed = own.call("GET", "/v1/check").bearer(good).send();
            Reply refused = own.call("GET", "/v1/check").bearer("x").send();

            assertThat(List.of(allowed.header("Cache-Control"), refused.header("Cache-Control")))
                    .containsExactly("private, max-age=5", "no-store");
        }
    }

    @Test
    void letsNoAnswerBeKeptBeyondTheLifeOfItsToken() {
        try (RunningService own = RunningService.on(redis.url(), "--check.max-age=60s")) {
            new Api(own)
                    .register(
                            "{\"realm_name\":\"r\",\"username\":\"joe\",\"access_token\":\"short\",\"expires_in\":30}");

            assertThat(own.call("GET", "/v1/check").bearer("short").send().header("Cache-Control"))
                    .matches("private, max-age=[12][0-9]");
        }
    }

    @Test
    void isSeenByEveryInstanceAtOnce() {
        assertThat(statuses(16)).containsOnly(200);
        api.invalidateAccess(token);
        assertThat(statuses(16)).containsOnly(401);
    }

    private Stream<Integer> statuses(int count) {
        return Stream.generate(() -> raw("/v1/check", "Bearer " + token).status())
                .limit(count);
    }

    private String register(String user, String more) {
        String opaque = Api.fresh("opaque");
        Reply reply = api.register("{\"realm_name\":\"header realm\",\"username\":\"" + user + "\",\"access_token\":\""
                + opaque + "\"" + more + "}");
        assertThat(reply.status()).isEqualTo(201);
        return opaque;
    }

    private Reply check(String bearer) {
        return service.call("GET", "/v1/check").bearer(bearer).send();
    }

    private RawConnection.Answer raw(String path, String authorization) {
        try (RawConnection connection = RawConnection.to(service.port())) {
            return connection.exchange(
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization + "\r\n\r\n");
        }
    }
}
